/* node build.mjs OUT: one file of the parts of ECharts that entry.js names. Run by tools/vendor.py. */
import { build } from "esbuild";

/* Pulled in by every build of ECharts, reached by none of our options: a dark theme of its own, Chinese, texture
   fills, options of ECharts 2, the spinner, tooltips in HTML, animation in style sheets. */
const IDLE = [
  ["echarts/lib/theme/dark", "export default {};"],
  ["echarts/lib/i18n/langZH", "export default {};"],
  ["echarts/lib/util/decal", "export function createOrUpdatePatternFromDecal() {}"],
  ["echarts/lib/preprocessor/backwardCompat", "export default function () {}"],
  ["echarts/lib/loading/default", "export default function () {}"],
  ["echarts/lib/component/tooltip/TooltipHTMLContent", "export default function () {}"],
  ["zrender/lib/svg/cssAnimation", "export var EASING_MAP = {}, ANIMATE_STYLE_MAP = {}; export function createCSSAnimation() {}"],
];
const withoutIdle = {
  name: "without-idle",
  setup(bundle) {
    IDLE.forEach(([path, contents]) => {
      bundle.onLoad({ filter: new RegExp(`node_modules/${path}\\.js$`) }, () => ({ contents, loader: "js" }));
    });
  },
};

await build({
  entryPoints: ["entry.js"],
  outfile: process.argv[2],
  bundle: true,
  minify: true,
  format: "iife",
  target: "es2020",
  legalComments: "none",
  banner: { js: "/*! Apache ECharts, Apache-2.0; zrender, BSD-3-Clause: see LICENSE, NOTICE and LICENSE-zrender beside this file */" },
  plugins: [withoutIdle],
});

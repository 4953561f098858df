"""Words that tell English section headings from the sentences they are glued to."""

from __future__ import annotations

from service.languages.lists import words

SMALL = words(
    "a an and as at but by de for from if in into is it nor not of off on or out over per so than the to up via vs vs.",
    "with",
)
STARTERS = words(
    "A About According Accordingly Addressing Adding Additionally After Again Against All Along Already Also",
    "Although Amid Among An And Another Any Are As Asked At Based Be Because Before Both But By Can Citing",
    "Commenting Despite Did Do During Each Earlier Even Every Few First Following For Former From Further",
    "Furthermore Given Had Has Have He Her Here His How However I If In Indeed Instead Is It Its Just Last Later",
    "Many Meanwhile More Moreover Most Much My Nearly Neither Nevertheless No Nobody Nor Not Now Of Officials On",
    "Once One Only Or Other Our Over People Police Recently Scientists Separately Several She Since So Some",
    "Speaking Still Such Than That The Their Then There These They This Those Though Three Through To Today Two",
    "Under Unlike Until Was We Were What When Where Whether Which While Who Why Will With Without Yesterday Yet You",
    "Your",
)
BRANDS = words(
    "LinkedIn YouTube PayPal WhatsApp MasterCard BuzzFeed SpaceX WordPress AirAsia PlayStation PowerPoint",
    "SoundCloud JetBlue FedEx HarperCollins BlackRock CrowdStrike DreamWorks FaceTime GoFundMe HuffPost MetLife",
    "MySpace NetEase OpenTable SmartNews SoftBank SunTrust TechCrunch TikTok TripAdvisor TrueCar WeWork WikiLeaks",
)
"""Names with a capital inside the word."""

NO_LABELS = words(
    "update updates updated correction corrections clarification note background watch read related photo photos "
    "video image source sources caption summary conclusion result results claim verdict fact facts rating analysis "
    "takeaway context timeline example reminder warning breaking developing exclusive location date time price"
)
"""Words before a colon that open a line and name nobody who speaks."""
NAMES_AS_HEADINGS = words("price read source")
"""Those of NO_LABELS that are surnames, or stand for somebody unnamed."""

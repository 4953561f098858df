"""Places that English texts name alone: no person and no body is called by them for short."""

from __future__ import annotations

from service.languages.lists import words

COUNTRIES = words(
    "afghanistan albania algeria andorra angola argentina armenia australia austria azerbaijan bahrain bangladesh "
    "barbados belarus belgium belize benin bhutan bolivia bosnia botswana brazil britain brunei bulgaria burkina "
    "burma burundi cambodia cameroon canada catalonia chile china colombia congo croatia cuba cyprus czechia "
    "denmark djibouti ecuador egypt england eritrea estonia eswatini ethiopia fiji finland france gabon gambia "
    "germany ghana gibraltar greece greenland grenada guatemala guinea guyana haiti honduras hungary iceland "
    "india indonesia iran iraq ireland italy jamaica japan kazakhstan kenya kosovo kurdistan kuwait kyrgyzstan "
    "laos latvia lebanon lesotho liberia libya liechtenstein lithuania luxembourg madagascar malawi malaysia "
    "maldives mali malta mauritania mauritius mexico moldova monaco mongolia montenegro morocco mozambique "
    "myanmar namibia nepal netherlands nicaragua niger nigeria norway oman pakistan palestine panama paraguay "
    "peru philippines poland portugal qatar romania russia rwanda scotland senegal serbia singapore slovakia "
    "slovenia somalia spain sudan suriname sweden switzerland syria taiwan tajikistan tanzania thailand tibet "
    "togo tonga tunisia turkey turkmenistan uganda ukraine uruguay uzbekistan vatican venezuela vietnam wales "
    "yemen zambia zimbabwe africa america asia europe"
)
"""Names of countries and continents of one word, without those that are given names as well."""

CAPITALS = words(
    "abuja accra algiers amman amsterdam ankara athens baghdad baku bangkok beijing beirut belgrade berlin bern "
    "bogota brasilia bratislava brussels bucharest budapest cairo canberra caracas copenhagen damascus delhi "
    "dhaka doha dublin hanoi harare havana helsinki islamabad jakarta jerusalem kabul kampala kathmandu khartoum "
    "kiev kinshasa kyiv lima lisbon ljubljana london luanda madrid managua manila mogadishu montevideo moscow "
    "nairobi nicosia oslo ottawa paris prague pyongyang quito riga riyadh rome santiago sarajevo seoul skopje "
    "sofia stockholm taipei tallinn tashkent tbilisi tehran tirana tokyo tripoli tunis vienna vilnius warsaw "
    "washington yerevan zagreb gaza"
)
"""Names of capitals of one word, by which a government is called as well."""

NATIONALITIES = words(
    "afghan african american arab argentine asian australian austrian belgian brazilian british bulgarian canadian "
    "chilean chinese colombian croatian cuban czech danish dutch egyptian english estonian ethiopian european finnish "
    "french german greek haitian hungarian indian indonesian iranian iraqi irish israeli italian japanese jordanian "
    "kenyan korean kurdish kuwaiti latvian lebanese libyan lithuanian malaysian mexican moroccan nigerian norwegian "
    "pakistani palestinian peruvian philippine polish portuguese qatari romanian russian saudi scottish serbian "
    "slovak somali spanish sudanese swedish swiss syrian taiwanese thai tunisian turkish ukrainian venezuelan "
    "vietnamese welsh western yemeni federal local state"
)
"""Adjectives that describe whoever follows: "Chinese and Russian officials"."""

_PAIRS = (
    "afghan afghanistan argentine argentina australian australia austrian austria belgian belgium brazilian "
    "brazil british britain bulgarian bulgaria canadian canada chilean chile chinese china colombian colombia "
    "croatian croatia cuban cuba czech czechia danish denmark dutch netherlands egyptian egypt estonian estonia "
    "ethiopian ethiopia finnish finland french france german germany greek greece haitian haiti hungarian hungary "
    "indian india indonesian indonesia iranian iran iraqi iraq irish ireland israeli israel italian italy "
    "japanese japan jordanian jordan kenyan kenya kuwaiti kuwait latvian latvia lebanese lebanon libyan libya "
    "lithuanian lithuania malaysian malaysia mexican mexico moroccan morocco nigerian nigeria norwegian norway "
    "pakistani pakistan palestinian palestine peruvian peru philippine philippines polish poland portuguese "
    "portugal qatari qatar romanian romania russian russia scottish scotland serbian serbia slovak slovakia "
    "somali somalia spanish spain sudanese sudan swedish sweden swiss switzerland syrian syria taiwanese taiwan "
    "thai thailand tunisian tunisia turkish turkey ukrainian ukraine venezuelan venezuela vietnamese vietnam "
    "welsh wales yemeni yemen"
).split()
COUNTRY_OF = dict(zip(_PAIRS[::2], _PAIRS[1::2], strict=True))
"""The country of one word that an adjective belongs to: "Chinese customs" are China's."""

PLACES = COUNTRIES | CAPITALS
LAST_WORDS = words(
    "korea zealand arabia lanka leone salvador kingdom states emirates virginia carolina dakota hampshire jersey "
    "mexico york alabama alaska arizona arkansas california colorado connecticut delaware florida georgia hawaii "
    "idaho illinois indiana iowa kansas kentucky louisiana maine maryland massachusetts michigan minnesota "
    "mississippi missouri montana nebraska nevada ohio oklahoma oregon pennsylvania tennessee texas utah vermont "
    "wisconsin wyoming ontario quebec alberta queensland victoria bavaria"
)
"""Last words of the names of other countries and of states, which own courts and ministries of one name."""

"""Write knowledge/reading/gazetteer.json: what countries are called, from CLDR and countryinfo.

Run `python -m bench.make_gazetteer` after raising either library. It needs the packages
`babel` (names by language, from Unicode CLDR) and `countryinfo` (demonyms and capitals, MIT).
"""

from __future__ import annotations

import json
from pathlib import Path

from babel import Locale
from countryinfo import all_countries

from knowledge.language import UNDERSTOOD

TARGET = Path(__file__).parent.parent / "knowledge" / "reading" / "gazetteer.json"
UNIONS = ("EU",)

ALSO = {
    "AE": ["Emirates"],
    "CN": ["PRC", "Beijing"],
    "CZ": ["Czech"],
    "DE": ["Deutsche", "deutschen"],
    "EU": ["EU", "Brussels", "European", "Europe", "Europa", "Європа", "Европа", "유럽"],
    "FR": ["französisch", "francés"],
    "GB": [
        *("UK", "Britain", "British", "Brits", "Briton", "Britisch", "британський"),
    ],
    "IL": ["Israeli"],
    "KP": [
        *(
            "Pjöngjang",
            "Pionyang",
            "Pyeongyang",
            "DPRK",
            "NK",
            "NKorea",
            "N Korea",
            "Nth Korea",
            "North Koreans",
            "КНДР",
            "Пхеньян",
        ),
        *("평양", "RPDC", "Nordkoreas", "nordkoreanisch", "norcoreano", "norcoreana", "норкор"),
        *("северокорейск", "північнокорейськ", "Северной Кореи", "Північної Кореї"),
        *("Северная Корея", "Северную Корею", "Северной Корее", "Северной Кореей"),
        *("Північну Корею", "Північній Кореї", "Північною Кореєю", "북조선", "조선"),
    ],
    "KR": [
        *("ROK", "S Korea", "South Koreans", "Seoul", "Seúl", "Сеул", "서울", "한국", "남한"),
        *("Южная Корея", "Южной Кореи", "Южной Корее", "Південної Кореї", "Південній Кореї"),
        *("südkoreanisch", "surcoreano", "surcoreana", "южнокорейск", "південнокорейськ"),
    ],
    "RU": [
        *("Kremlin", "Moscow", "RF", "Kreml", "Moskau", "Moscú", "Москва", "Москви", "Кремль"),
        *("russisch", "ruso", "rusa", "rusos", "российск", "російськ", "России", "Росії", "РФ"),
    ],
    "PL": ["польськ"],
    "JP": ["японськ"],
    "TR": ["Turkey", "Turkish"],
    "TW": ["Taiwanese", "Taipei"],
    "UA": ["Kyiv", "Kiev", "Київ", "Киев", "Kiew", "українськ", "украинск", "України"],
    "US": ["USA", "America", "American", "Americans", "Washington", "Pentagon", "США", "EEUU"],
    "PS": ["Palestine", "Palestinian", "Gaza"],
}
"""Names that neither library has and that people type."""

LANDS = {
    "GB": {
        "England": ["English"],
        "Scotland": ["Scottish", "Scots", "Schottland", "Escocia", "Шотландія", "Шотландия"],
        "Wales": ["Welsh"],
        "Northern Ireland": ["Northern Irish", "Nordirland", "Irlanda del Norte"],
    },
}
"""Parts of a country that have names of countries and peoples of their own."""


def _is_official(name: str) -> bool:
    """Whether a spelling is a name of several words, and not a code or one with a comma."""
    return " " in name and "," not in name and name.isascii()


def main() -> None:
    """Gather the names of every country and write them sorted, for a readable diff."""
    facts = {str(entry.iso()["alpha2"]): entry for entry in all_countries() if entry.iso()}
    english = {str(code): str(name) for code, name in Locale("en").territories.items()}
    codes = sorted(code for code in english if code in facts or code in UNIONS)
    countries = {}
    capitals = {}
    for code in codes:
        names = {str(Locale(language).territories[code]) for language in UNDERSTOOD}
        if code in facts:
            info = facts[code].info()
            capitals[english[code]] = str(info.get("capital") or "")
            names |= {capitals[english[code]]}
            # A demonym that two have ("American") is of the one that people mean by it.
            meant = {name for other, some in ALSO.items() if other != code for name in some}
            names |= {str(info.get("demonym") or "")} - meant
            names |= set(filter(_is_official, info.get("altSpellings") or ()))
        names |= set(ALSO.get(code, []))
        names |= {name for land, some in LANDS.get(code, {}).items() for name in (land, *some)}
        names -= {"", english[code]}
        countries[code] = [english[code], *sorted(names)]
    found = {
        "names": countries,
        "lands": {land: some for lands in LANDS.values() for land, some in lands.items()},
        "capitals": {country: [one] for country, one in capitals.items() if one not in country},
    }
    TARGET.write_text(json.dumps(found, ensure_ascii=False, indent=0) + "\n", "utf-8")


if __name__ == "__main__":
    main()

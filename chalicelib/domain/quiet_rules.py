"""When a business may text, by place: data only. Edit a line here, and say where it is written.

Hours are local to the recipient. A rule is (Monday to Friday, Saturday, Sunday, source), the days each `HH:MM-HH:MM`,
or empty: not at all. Most of these laws speak of sales calls; what courts and carriers take for a sale differs, so they
are kept for every text that a store begins (docs/consent.md). Public holidays are not known here. Not legal advice.
"""

FEDERAL = ("08:00-21:00", "08:00-21:00", "08:00-21:00", "47 CFR 64.1200(c)(1)")
"""US. Everywhere else, where no line below says more, as a rule of good manners."""

RULES = {
    "US-AL": ("08:00-20:00", "08:00-20:00", "", "Code of Alabama 8-19A-18"),
    "US-CT": ("09:00-20:00", "09:00-20:00", "09:00-20:00", "Conn. Gen. Stat. 42-288a, since 1 October 2023"),
    "US-FL": ("08:00-20:00", "08:00-20:00", "08:00-20:00", "Fla. Stat. 501.616(6)(a)"),
    "US-KY": ("10:00-21:00", "10:00-21:00", "10:00-21:00", "KRS 367.46955(2)"),
    "US-LA": ("08:00-20:00", "08:00-20:00", "", "La. R.S. 45:844.31"),
    "US-MA": ("08:00-20:00", "08:00-20:00", "08:00-20:00", "M.G.L. c. 159C s. 3"),
    "US-MD": ("08:00-20:00", "08:00-20:00", "08:00-20:00", "Md. Code, Com. Law 14-4504"),
    "US-MN": ("09:00-21:00", "09:00-21:00", "09:00-21:00", "Minn. Stat. 325E.30"),
    "US-MS": ("08:00-20:00", "08:00-20:00", "", "Miss. Code 77-3-603"),
    "US-NJ": ("08:00-20:00", "08:00-20:00", "08:00-20:00", "N.J.S.A. 56:8-119.2"),
    "US-NM": ("09:00-21:00", "09:00-21:00", "09:00-21:00", "N.M. Stat. 57-12-22"),
    "US-NV": ("09:00-20:00", "09:00-20:00", "09:00-20:00", "NRS 598.0918"),
    "US-OK": ("08:00-20:00", "08:00-20:00", "08:00-20:00", "15 O.S. 775C.4"),
    "US-OR": ("08:00-20:00", "08:00-20:00", "08:00-20:00", "Or. HB 3865 (2025), texts, since 1 January 2026"),
    "US-RI": ("09:00-18:00", "10:00-17:00", "10:00-17:00", "R.I. Gen. Laws 5-61-3.6"),
    "US-TX": ("09:00-21:00", "09:00-21:00", "12:00-21:00", "Tex. Bus. & Com. Code 301.051, texts: SB 140 (2025)"),
    "US-WA": ("08:00-20:00", "08:00-20:00", "08:00-20:00", "RCW 80.36.390"),
    "CA": ("09:00-21:30", "10:00-18:00", "10:00-18:00", "CRTC Unsolicited Telecommunications Rules, part III"),
    "FR": ("10:00-20:00", "10:00-20:00", "", "a narrow reading of Code de la consommation D. 223-9, for texts"),
    "IN": ("10:00-21:00", "10:00-21:00", "10:00-21:00", "TRAI TCCCPR 2018, promotional messages"),
}
"""ISO 3166 country, or `US-` and the state."""
COUNTRIES = {"33": "FR", "91": "IN"}
"""Calling codes of the countries with a rule. (Those of the North American plan go by area code.)"""

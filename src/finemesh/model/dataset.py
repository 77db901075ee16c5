"""The datasets by name: which authority each speaks for, who publishes it and where.

A dataset that is not in this table (a FollowTheMoney file of the user's, say) is just as welcome; its
designations then take their authority from their own ``Sanction`` objects.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Dataset:
    """A named stream of snapshots.

    Attributes:
        name: The contract's name, e.g. ``us_ofac_sdn``.
        authority: Code of the authority that designates through it, empty for mixed data.
        title: The publisher's title.
        publisher: The publishing office.
        url: The publisher's page.
    """

    name: str
    authority: str
    title: str
    publisher: str
    url: str


DATASETS: dict[str, Dataset] = {
    d.name: d
    for d in (
        Dataset(
            "un_sc",
            "UN",
            "Security Council Consolidated List",
            "United Nations Security Council",
            "https://main.un.org/securitycouncil/en/content/un-sc-consolidated-list",
        ),
        Dataset(
            "us_ofac_sdn",
            "US",
            "Specially Designated Nationals and Blocked Persons List",
            "US Treasury, Office of Foreign Assets Control",
            "https://sanctionslist.ofac.treas.gov/Home/SdnList",
        ),
        Dataset(
            "us_ofac_cons",
            "US",
            "Consolidated (non-SDN) Sanctions List",
            "US Treasury, Office of Foreign Assets Control",
            "https://sanctionslist.ofac.treas.gov/Home/ConsolidatedList",
        ),
        Dataset(
            "us_trade_csl",
            "US",
            "Consolidated Screening List",
            "US Department of Commerce, International Trade Administration",
            "https://www.trade.gov/consolidated-screening-list",
        ),
        Dataset(
            "gb_hmt",
            "UK",
            "Consolidated List of Financial Sanctions Targets",
            "HM Treasury, Office of Financial Sanctions Implementation",
            "https://www.gov.uk/government/publications/financial-sanctions-consolidated-list-of-targets",
        ),
        Dataset(
            "gb_fcdo",
            "UK",
            "UK Sanctions List",
            "Foreign, Commonwealth & Development Office",
            "https://www.gov.uk/government/publications/the-uk-sanctions-list",
        ),
        Dataset(
            "eu_journal",
            "EU",
            "Annexes of the EU's sanctions acts",
            "Council of the European Union, Official Journal",
            "https://eur-lex.europa.eu/oj/direct-access.html",
        ),
        Dataset(
            "eu_fsf",
            "EU",
            "Consolidated list of persons, groups and entities subject to EU financial sanctions",
            "European Commission, FISMA",
            "https://webgate.ec.europa.eu/fsd/fsf",
        ),
        Dataset(
            "ca_sema",
            "CA",
            "Consolidated Canadian Autonomous Sanctions List",
            "Global Affairs Canada",
            "https://www.international.gc.ca/world-monde/international_relations-relations_internationales/"
            "sanctions/consolidated-consolide.aspx",
        ),
        Dataset(
            "au_dfat",
            "AU",
            "Consolidated List (regulation 8)",
            "Australian Department of Foreign Affairs and Trade",
            "https://www.dfat.gov.au/international-relations/security/sanctions/consolidated-list",
        ),
        Dataset(
            "ch_seco",
            "CH",
            "Sanctions of Switzerland: complete list",
            "State Secretariat for Economic Affairs SECO",
            "https://www.seco.admin.ch/seco/en/home/Aussenwirtschaftspolitik_Wirtschaftliche_Zusammenarbeit/"
            "Wirtschaftsbeziehungen/exportkontrollen-und-sanktionen/sanktionen-embargos.html",
        ),
        Dataset(
            "nz_russia",
            "NZ",
            "Russia Sanctions Register",
            "New Zealand Ministry of Foreign Affairs and Trade",
            "https://www.mfat.govt.nz/en/countries-and-regions/europe/ukraine/russian-invasion-of-ukraine/"
            "sanctions/sanctions-register",
        ),
        Dataset(
            "jp_meti",
            "JP",
            "Entities of the Russian Federation subject to export bans",
            "Ministry of Economy, Trade and Industry",
            "https://www.meti.go.jp/policy/external_economy/trade_control/01_seido/04_seisai/crimea.html",
        ),
        Dataset(
            "jp_mof",
            "JP",
            "Economic sanctions and lists of subject persons",
            "Ministry of Finance",
            "https://www.mof.go.jp/policy/international_policy/gaitame_kawase/gaitame/economic_sanctions/list.html",
        ),
        Dataset(
            "ua_war_sanctions",
            "UA",
            "War and Sanctions",
            "Defence Intelligence of Ukraine",
            "https://war-sanctions.gur.gov.ua/en",
        ),
    )
}

DOCUMENTS = "documents"
"""The dataset of every document that is not told to belong to another."""


def authority_of(dataset: str) -> str:
    """The authority that designates through a dataset, empty where there is none or several."""
    known = DATASETS.get(dataset)
    return known.authority if known else ""

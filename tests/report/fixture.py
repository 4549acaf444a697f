"""A board of fourteen lines that shows every state a report must cope with."""

from __future__ import annotations

import csv
from pathlib import Path
from types import MappingProxyType
from typing import Any

from chipward import catalogue
from chipward.review import (
    Citation,
    Finding,
    LeafResult,
    LineResult,
    Message,
    Number,
    ProvisionResult,
    Question,
    Review,
    TableHit,
)

HERE = Path(__file__).parent
DAY = "2026-11-28"
MOFCOM_46 = "http://exportcontrol.mofcom.gov.cn/article/zcfg/gnzcfg/zcfggzqd/202412/1072.html"
MOFCOM_72 = "https://www.mofcom.gov.cn/zwgk/zcfb/art/2025/art_5c68985a6b1a46778e2e8dbff1bb1601.html"
MOFCOM_23 = "https://www.mofcom.gov.cn/zcfb/blgg/art/2023/art_ca2e9d349361441f847bdabac5d8331b.html"
FR_1684 = "https://www.govinfo.gov/content/pkg/FR-2026-01-15/html/2026-00789.htm"
MCS = "usgs_mcs_2026"


def with_messages(monkeypatch: Any) -> None:
    """Let the catalogue know the sentences of this fixture, for one test."""
    known = catalogue.messages
    extra: dict[str, dict[str, str]] = {"en": {}, "zh": {}}
    with (HERE / "messages.csv").open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            for lang, sentences in extra.items():
                sentences[row["key"]] = row[lang]
    both = {lang: MappingProxyType({**known(lang), **more}) for lang, more in extra.items()}
    monkeypatch.setattr(catalogue, "messages", both.__getitem__)


def say(name: str, **params: Any) -> Message:
    return Message(key=f"fixture.{name}", params=params)


def leaf(name: str, text: str, observed: Any, verdict: str, cite: str = "") -> LeafResult:
    column = text.replace("NOT ", "").replace("has(", "").split(",", maxsplit=1)[0].split(" ")[0]
    return LeafResult(
        name=name, leaf=text, column=column, observed=observed, verdict=verdict, cite=cite
    )


def lit(number: int, *, negated: bool = False) -> tuple[str, int, bool]:
    return ("lit", number, negated)


def cite_cn(section: str, note: str = "") -> Citation:
    return Citation(
        instrument="MOFCOM 46/2024", section=section, published="2024-12-03", url=MOFCOM_46,
        via="mofcom", note=note,
    )  # fmt: skip


CITE_23 = Citation(
    instrument="MOFCOM/GAC 23/2023", section="items 1 and 2", published="2023-07-03",
    url=MOFCOM_23, via="mofcom",
)  # fmt: skip
CITE_US = Citation(
    instrument="15 CFR 742.6", section="(a)(6)", document="91 FR 1684",
    published="2026-01-15", url=FR_1684, via="ecfr_parsed",
)  # fmt: skip
CITE_YOURS = Citation(instrument="House rule 7", section="paragraph 1", url="javascript:alert(1)")


def paragraph_2(material: str, item: str, destination: str = "US") -> ProvisionResult:
    """Paragraph 2 of 46/2024 biting."""
    return ProvisionResult(
        id="cn.46_2024.p2.ga_ge_sb_superhard", version=3, kind="policy",
        title="Gallium, germanium, antimony and superhard items to the United States",
        status="in_force", verdict="true", origin="chipward", citation=cite_cn("paragraph 2"),
        formula=("and", (lit(0), lit(1), ("or", (lit(2), lit(3), lit(4))), lit(5, negated=True))),
        evidence=(
            leaf("leaves China", "export_from = 'CN'", "CN", "true"),
            leaf("goes to the United States", "destination = 'US'", destination, "true"),
            leaf("is a gallium item", "cn_gallium", material == "gallium",
                 "true" if material == "gallium" else "false"),
            leaf("is a germanium item", "cn_germanium", material == "germanium",
                 "true" if material == "germanium" else "false"),
            leaf("is a superhard-material item", "cn_superhard", material == "diamond",
                 "true" if material == "diamond" else "false"),
            leaf("is exempt by name", "has(cn_items, 'none')", [item], "false"),
        ),
        verify=True, note="fixture.note.verify",
    )  # fmt: skip


def base_license(item: str) -> ProvisionResult:
    """The ordinary license requirement behind it."""
    return ProvisionResult(
        id="cn.23_2023.ga_ge", version=1, kind="requirement",
        title="Gallium and germanium items need a license for every destination",
        status="in_force", verdict="true", origin="chipward", citation=CITE_23,
        formula=("and", (lit(0), ("or", (lit(1), lit(2))))),
        evidence=(
            leaf("leaves China", "export_from = 'CN'", "CN", "true"),
            leaf("is a gallium item", "cn_gallium", True, "true", "item 1"),
            leaf("is a germanium item", "cn_germanium", None, "unknown", "item 2"),
        ),
        note="" if item else "fixture.note.political",
    )  # fmt: skip


def us_chain() -> tuple[ProvisionResult, ...]:
    """An accelerator to China: requirement, policy, and two exceptions tried."""
    requirement = ProvisionResult(
        id="us.742_6.a_6.3a090_4a090", version=2, kind="requirement",
        title="Advanced computing items to Macau and Country Group D:5, or to a buyer based there",
        status="in_force", verdict="true", origin="chipward", citation=CITE_US,
        formula=("and", (lit(0), ("or", (lit(1), lit(2))), lit(3, negated=True))),
        evidence=(
            leaf("is an item of 3A090.a or 4A090.a", "us_adv_computing_a", True, "true",
                 "3A090.a, 4A090.a"),
            leaf("destination in Country Group D:5", "has(destination_groups, 'US:D:5')",
                 ["US:D:1", "US:D:3", "US:D:4", "US:D:5"], "true", "Supplement 1 to part 740"),
            leaf("parent's headquarters in Country Group D:5",
                 "has(end_user_hq_groups, 'US:D:5')", None, "unknown"),
            leaf("falls under Note 2", "note_2_applies", False, "false", "Note 2 to 3A090"),
        ),
    )  # fmt: skip
    policy = ProvisionResult(
        id="us.742_6.b_10.case_by_case_2026", version=1, kind="policy",
        title="Case-by-case review of exports from the United States under certifications",
        status="in_force", verdict="false", origin="chipward",
        citation=Citation(
            instrument="15 CFR 742.6", section="(b)(10)(iii)(A)(1)", document="91 FR 1684",
            published="2026-01-15", url=FR_1684, via="ecfr_parsed",
        ),
        formula=("and", (lit(0), lit(1), lit(2), lit(3))),
        evidence=(
            leaf("leaves the United States", "export_from = 'US'", "US", "true"),
            leaf("TPP under 21,000", "tpp < 21000", 14144, "true"),
            leaf("DRAM bandwidth under 6,500 GB/s", "dram_bandwidth_gb_s < 6500", 4800.0, "true"),
            leaf("no foundry capacity is diverted",
                 "has(certifications, 'no_foundry_diversion')", ["us_supply"], "false"),
        ),
    )  # fmt: skip
    nac = ProvisionResult(
        id="us.740_8.nac", version=2, kind="exception", title="License Exception NAC",
        status="in_force", verdict="unknown", origin="chipward",
        citation=Citation(instrument="15 CFR 740.8", via="ecfr_parsed"),
        formula=("and", (lit(0), lit(1, negated=True))),
        evidence=(
            leaf("destination in Macau or Country Group D:5", "has(destination_groups, 'US:D:5')",
                 ["US:D:1", "US:D:3", "US:D:4", "US:D:5"], "true"),
            leaf("designed or marketed for datacenters", "datacenter", None, "unknown"),
        ),
    )  # fmt: skip
    return requirement, policy, nac


def prohibition() -> ProvisionResult:
    """Paragraph 1: never suspended."""
    return ProvisionResult(
        id="cn.46_2024.p1", version=1, kind="prohibition",
        title="Dual-use items to military users or for military uses in the United States",
        status="in_force", verdict="true", origin="chipward", citation=cite_cn("paragraph 1"),
        formula=("and", (lit(0), lit(1), lit(2), ("or", (lit(3), lit(4))))),
        evidence=(
            leaf("leaves China", "export_from = 'CN'", "CN", "true"),
            leaf("goes to the United States", "destination = 'US'", "US", "true"),
            leaf("is a dual-use item", "cn_items IS NOT NULL", ["2C905"], "true"),
            leaf("military end use", "end_use IN ('military', 'military_intelligence')",
                 "military", "true"),
            leaf("military user", "end_user_status = 'military'", None, "unknown"),
        ),
    )  # fmt: skip


def finding(**given: Any) -> Finding:
    base: dict[str, Any] = {"lens": "control", "lane": "buy", "regime": "CN", "level": "hold"}
    return Finding(**{**base, **given})


def hhi(material: str, country: str, share: float, points: float, stage: str) -> Number:
    return Number(
        name="hhi", value=points, unit="points", year="2025", source=f"{MCS}: {material}, {stage}",
        inputs=({"country": country, "share_pct": share},),
    )  # fmt: skip


def findings() -> tuple[Finding, ...]:
    cn, us, china, states = "@regime.CN", "@regime.US", "@country.CN", "@country.US"
    gallium, germanium = "@material.gallium", "@material.germanium"
    detector = "InGaAs"
    return (
        finding(
            id="c-0a41b7", line=1, lane="sell", regime="US", level="stop",
            outcome="license_required", review_policy="presumption_of_denial",
            title=say("title.sell", destination=china, regime=us,
                      policy="@policy.presumption_of_denial"),
            provisions=us_chain(), exceptions=("NAC?",),
            missing=("end_user_hq_country", "certifications"), citations=(CITE_US,),
            evidence=(
                TableHit(table="law/us/country_groups",
                         row={"group": "D:5", "iso2": "CN", "from": "2020-12-23"},
                         source="ecfr_parsed: Supplement 1 to part 740"),
                Number(name="tpp", value=14144, unit="TPP", year="2026",
                       source="nvidia_eccn: table of 2026-04-27",
                       inputs=({"mac_tops": 884, "bits": 8, "factor": 2},)),
            ),
            duties=("eei_filing",), level_reason="level.reason.denial",
            facts={"item": "US:4A090.a", "destination": "CN", "tpp": 14144},
        ),
        finding(
            id="c-77d2e0", line=4, level="stop", outcome="prohibited",
            title=say("title.buy_prohibited", regime=cn, material="@material.diamond",
                      origin=china),
            provisions=(prohibition(),), citations=(cite_cn("paragraph 1"),),
            assumptions=(say("assume.origin", country=china),),
            level_reason="level.reason.prohibited",
            facts={"end_use": "military", "export_from": "CN", "destination": "US"},
        ),
        finding(
            id="c-b35f19", line=3, outcome="license_required",
            review_policy="denial_in_principle", verify=True,
            title=say("title.buy", origin=china, regime=cn, policy="@policy.denial_in_principle"),
            provisions=(base_license("CN:3C002.a"), paragraph_2("germanium", "3C002.a")),
            citations=(CITE_23, cite_cn("paragraph 2")),
            notes=(say("note.verify"), say("note.political")), duties=("end_user_certificate",),
            assumptions=(say("assume.origin", country=china),),
            level_reason="level.reason.unverified",
        ),
        finding(
            id="c-51c6aa", line=2, lane="inputs", outcome="license_required",
            review_policy="denial_in_principle", verify=True,
            title=say("title.inputs", material=gallium, origin=china, destination=states,
                      regime=cn, policy="@policy.denial_in_principle"),
            provisions=(base_license("CN:3C001.a"), paragraph_2("gallium", "3C001.a")),
            citations=(CITE_23, cite_cn("paragraph 2")), notes=(say("note.verify"),),
            assumptions=(say("assume.top", country=china),),
            level_reason="level.reason.upstream_cut",
        ),
        finding(
            id="s-18be02", lens="supply", lane="inputs", line=2, outcome="cut", verify=True,
            facts={"material": "gallium", "alternatives": [
                {"producer": "Japan primary", "kind": "producer", "countries": ["JP"],
                 "capacity_t": 10.0, "status": "operating, 3 t/y", "start": "now",
                 "source": MCS},
                {"producer": "idle capacity", "kind": "idle", "countries": ["DE", "HU", "KZ"],
                 "capacity_t": 100.0, "status": "idle", "lead_time": "restart months-years",
                 "source": MCS}]},
            title=say("title.cut", material=gallium, country=china),
            evidence=(hhi("gallium", "CN", 99.0, 9803.0, "primary production"),
                      Number(name="net_import_reliance_pct", value=100.0, unit="%", year="2025",
                             source=f"{MCS}: gallium")),
            level_reason="level.reason.cut",
        ),
        finding(
            id="s-20ffd1", lens="supply", lane="", line=3, level="check", outcome="licensed",
            title=say("title.cut", material=germanium, country=china),
            evidence=(Number(name="top_share_pct", value=None, unit="%", year="2025",
                             source=f"{MCS}: germanium, refinery, withheld"),),
            level_reason="level.reason.licensed",
        ),
        finding(
            id="c-9e0d44", line=5, lane="inputs", level="unknown", outcome="undetermined",
            title=say("title.undetermined", material="@material.indium", origin=china,
                      destination="@country.JP", regime=cn),
            provisions=(prohibition_unknown(),), missing=("end_use", "end_user_status"),
            cells=(
                {"facts": "end_use = military", "outcome": "prohibited", "review_policy": ""},
                {"facts": "end_use = civil", "outcome": "license_required",
                 "review_policy": "ordinary"},
                {"facts": "end_use = humanitarian", "outcome": "no_finding", "review_policy": ""},
            ),
            assumptions=(say("assume.top", country=china),),
            level_reason="level.reason.undetermined", facts={"category": detector},
        ),
        *(unclassified(line) for line in (6, 7, 8, 12)),
        finding(
            id="s-c0ffee", lens="supply", lane="", regime="", line=9, level="note",
            outcome="concentrated",
            title=say("title.concentrated", material="@material.tantalum", share="52.3",
                      country="@country.CD"),
            evidence=(hhi("tantalum", "CD", 52.3, 3319.0, "mine production"),),
            level_reason="level.reason.concentrated",
        ),
        finding(
            id="c-1d2e3f", line=9, level="check", outcome="license_required",
            review_policy="ordinary", title=say("title.yours", material="@material.tantalum"),
            provisions=(ProvisionResult(
                id="cn.yours.two_sources", version=1, kind="requirement",
                title="fixture.yours.title", status="in_force", verdict="true", origin="yours",
                citation=CITE_YOURS, formula=lit(0),
                evidence=(leaf("holds tantalum", "material = 'tantalum'", "tantalum", "true"),),
            ),),
            citations=(CITE_YOURS,), level_reason="level.reason.license",
        ),
    )  # fmt: skip


def prohibition_unknown() -> ProvisionResult:
    known = prohibition()
    leaves = [*known.evidence[:3], leaf("military end use",
              "end_use IN ('military', 'military_intelligence')", None, "unknown"),
              known.evidence[4]]  # fmt: skip
    return ProvisionResult(
        id=known.id, version=1, kind=known.kind, title=known.title, status=known.status,
        verdict="unknown", origin=known.origin, citation=known.citation, formula=known.formula,
        evidence=tuple(leaves),
    )  # fmt: skip


def unclassified(line: int) -> Finding:
    return finding(
        id=f"c-f000{line:02d}", line=line, lane="sell", regime="US", level="unknown",
        outcome="unclassified", title=say("title.unclassified", regime="@regime.US"),
        evidence=(TableHit(table="law/us/modelled_codes", row={"code": "", "line": "no code"}),),
        missing=("item",), level_reason="level.reason.unclassified",
    )  # fmt: skip


def material(name: str, role: str, outcome: str, **more: Any) -> dict[str, Any]:
    known = {
        "gallium": ("CN", 99.0, 9803.0, 100.0), "germanium": ("CN", None, None, 50.0),
        "tantalum": ("CD", 52.3, 3319.0, 100.0), "indium": ("CN", 69.7, 5180.0, 100.0),
    }  # fmt: skip
    country, share, points, reliance = known[name]
    return {
        "material": name, "role": role, "substitutable": "partly", "stage": "refinery_production",
        "top_country": country, "top_share_pct": share, "hhi": points,
        "net_import_reliance_pct": reliance, "net_import_reliance_bound": "=", "importer": "US",
        "outcome": outcome, "regime": "CN", "review_policy": "", "verify": False,
        "source": f"{MCS}: {name}", "year": 2025, **more,
    }  # fmt: skip


def answer(regime: str, outcome: str, finding_id: str = "", **more: Any) -> dict[str, Any]:
    return {
        "lane": "buy", "destination": "US", "material": "", "regime": regime, "outcome": outcome,
        "review_policy": "", "exceptions": [], "missing": [], "verify": False, "level": "none",
        "finding": finding_id, **more,
    }  # fmt: skip


def control(level: str, *answers: dict[str, Any]) -> dict[str, Any]:
    first = answers[0]
    return {
        "level": level, "outcome": first["outcome"], "review_policy": first["review_policy"],
        "answers": [{**first, "level": level}, *answers[1:]],
    }  # fmt: skip


def supply(level: str, outcome: str, *materials: dict[str, Any]) -> dict[str, Any]:
    return {"level": level, "outcome": outcome, "materials": list(materials)}


def line(number: int, mpn: str, maker: str, description: str, **more: Any) -> LineResult:
    base: dict[str, Any] = {
        "row": number + 1, "refs": (f"U{number}",), "quantity": 1.0, "fitted": True,
        "category": "other", "identity": identity(), "level": "none", "findings": (),
        "lenses": {
            "control": control("none", answer("US", "no_finding"), answer("CN", "no_finding")),
            "supply": supply("none", "none"),
        },
    }  # fmt: skip
    return LineResult(
        line=number, mpn=mpn, maker=maker, description=description, **{**base, **more}
    )


def identity(**more: Any) -> dict[str, Any]:
    return {
        "identity": "identified", "mpn_from": "column", "maker_id": None, "maker_name": None,
        "maker_country": "US", "owner": None, "owner_country": None, "fab_countries": [],
        "house_brand": False, "category_from": "mpn", "category_confidence": "high", "chip": None,
        "vendor_eccn": None, "vendor_eccn_source": None, "supplier": None, "supplier_code": None,
        "value": None, "eccn": None, "hts": None, "origin": None, **more,
    }  # fmt: skip


def lines() -> tuple[LineResult, ...]:
    denied = {"review_policy": "denial_in_principle", "verify": True}
    open_code = {"missing": ["item"], "lane": "sell", "destination": "CN"}
    return (
        line(1, "900-21010-0040-000", "NVIDIA", "H200 NVL accelerator module", level="stop",
             category="accelerator_module", findings=("c-0a41b7",),
             identity=identity(chip="h200", vendor_eccn="4A090.a",
                               vendor_eccn_source="nvidia_eccn: table of 2026-04-27"),
             lenses={"control": control("stop", answer(
                 "US", "license_required", "c-0a41b7", lane="sell", destination="CN",
                 review_policy="presumption_of_denial", exceptions=["NAC?"],
                 missing=["end_user_hq_country", "certifications"]), answer("CN", "not_subject")),
                 "supply": supply("none", "none")}),
        line(2, "CGHV14800F", "Wolfspeed", "GaN HEMT, 800 W, 1.2-1.4 GHz", level="hold",
             category="rf_gan", findings=("c-51c6aa", "s-18be02"),
             lenses={"control": control("hold", answer(
                 "CN", "license_required", "c-51c6aa", lane="inputs", **denied),
                 answer("US", "no_finding")),
                 "supply": supply("hold", "cut", material(
                     "gallium", "GaN epitaxy", "cut", **denied))},
             alternatives=({"maker": "MACOM", "mpn": "CGHV14500F"},
                           {"maker": "", "mpn": "CGHV14250F"})),
        line(3, "LENS-GE-25F1.0", "云南示例光电", "锗透镜 25 mm f/1.0，8-14 µm 增透膜",
             level="hold", refs=("L1",), category="ir_optics_germanium",
             findings=("c-b35f19", "s-20ffd1"), identity=identity(maker_country="CN"),
             lenses={"control": control("hold", answer(
                 "CN", "license_required", "c-b35f19", **denied), answer("US", "unclassified")),
                 "supply": supply("check", "licensed", material(
                     "germanium", "lens blank", "licensed"))}),
        line(4, "DHS-10x10-CVD", "河南示例超硬", "CVD diamond heat spreader 10 x 10 x 0.5 mm",
             level="stop", refs=("HS1", "HS2"), quantity=2.0, category="thermal_interface",
             findings=("c-77d2e0",), identity=identity(maker_country="CN"),
             lenses={"control": control("stop", answer("CN", "prohibited", "c-77d2e0")),
                     "supply": supply("none", "no_data")}),
        line(5, "G12180-010A", "Hamamatsu", "InGaAs PIN photodiode 0.9-1.7 µm", level="unknown",
             category="photodetector_ingaas", findings=("c-9e0d44",),
             identity=identity(maker_country="JP"),
             lenses={"control": control("unknown", answer(
                 "CN", "undetermined", "c-9e0d44", lane="inputs", destination="JP",
                 missing=["end_use", "end_user_status"]), answer("US", "unclassified")),
                 "supply": supply("none", "exposed", material("indium", "InP substrate",
                                                              "exposed"))}),
        *(line(number, mpn, maker, text, level="unknown", category=category,
               findings=(f"c-f000{number:02d}",), lenses={
                   "control": control("unknown", answer(
                       "US", "unclassified", f"c-f000{number:02d}", **open_code)),
                   "supply": supply("none", "none")})
          for number, mpn, maker, text, category in (
              (6, "STM32H743ZIT6", "STMicroelectronics", "MCU 480 MHz, 2 MB flash",
               "microcontroller"),
              (7, "TPS54331DR", "Texas Instruments", "Buck converter 3 A", "power_ic"),
              (8, "ADL5545ACPZ-R7", "Analog Devices", "RF gain block 30 MHz-6 GHz",
               "rf_amplifier"))),
        line(9, "T491D107K016AT", "KEMET", "Tantalum capacitor 100 µF 16 V", level="check",
             refs=("C1", "C2", "C5", "C9", "C10", "C11"), quantity=6.0,
             category="capacitor_tantalum", findings=("c-1d2e3f", "s-c0ffee"),
             identity=identity(owner="Yageo", owner_country="TW"),
             lenses={"control": control("check", answer(
                 "CN", "license_required", "c-1d2e3f", review_policy="ordinary")),
                 "supply": supply("note", "concentrated", material(
                     "tantalum", "anode powder", "concentrated"))}),
        line(10, "ATECC608B-SSHDA-B", "Microchip", "Secure element", fitted=False,
             category="interface_ic", lenses={
                 "control": {"level": "none", "outcome": "not_fitted", "review_policy": "",
                             "answers": []},
                 "supply": supply("none", "not_fitted")}),
        line(11, "", "", "10k 1% 0402", refs=("R1", "R2", "R3"), quantity=3.0,
             category="resistor", level="unknown",
             identity=identity(identity="not_identified", mpn_from=None, category_from="value"),
             lenses={"control": {"level": "unknown", "outcome": "unidentified",
                                 "review_policy": "", "answers": []},
                     "supply": supply("none", "none")}),
        line(12, "SWPA4030S100MT", "顺络电子", "功率电感 10 µH，屏蔽型 <b>&\"'", level="unknown",
             category="inductor", findings=("c-f00012",), identity=identity(maker_country="CN"),
             lenses={"control": control("unknown", answer(
                 "US", "unclassified", "c-f00012", **open_code)),
                 "supply": supply("none", "none")}),
        line(13, "GRM1555C1HR80BA01D-EXTREMELYLONGORDERINGCODE-WITH-SUFFIX-2026-REEL-13IN-X5R",
             "Murata Electronics North America",
             "=0.80pF ±0.1pF 50V C0G, NP0 Ceramic Capacitor -55°C ~ 125°C Surface Mount, MLCC 0402 "
             '(1005 Metric) 0.039" L x 0.020" W (1.00mm x 0.50mm), tape and reel, 10,000 pieces',
             refs=tuple(f"C{n}" for n in range(20, 64)), quantity=44.0, category="capacitor_mlcc",
             identity=identity(maker_country="JP")),
        line(14, "@SUM(A1)", "-", "+5V test point", refs=("TP1",), quantity=None,
             category="test_point", identity=identity(identity="part_number_only")),
    )  # fmt: skip


def timeline() -> tuple[dict[str, Any], ...]:
    def entry(day: str, regime: str, provision: str, status: str, until: str, n: int) -> Any:
        cite = cite_cn("paragraph 2" if ".p2" in provision else "paragraph 1")
        titles = {
            "cn.23_2023.ga_ge": ("Gallium and germanium items need a license", CITE_23),
            "cn.46_2024.p1": ("Dual-use items to military users or for military uses", cite),
            "cn.46_2024.p2.ga_ge_sb_superhard": (
                "Gallium, germanium, antimony and superhard items to the United States", cite),
            "us.742_6.a_6.3a090_4a090": ("Advanced computing items to Country Group D:5", CITE_US),
            "us.742_6.b_10.case_by_case_2026": (
                "Case-by-case review of exports from the United States", CITE_US),
        }  # fmt: skip
        title, citation = titles[provision]
        return {
            "date": day, "until": until, "regime": regime, "provision": provision,
            "version": 1, "title": title, "kind": "requirement", "status": status,
            "live": day <= DAY and (not until or until > DAY), "lines": n,
            "citation": {name: getattr(citation, name) for name in (
                "instrument", "section", "document", "published", "url", "via", "note")},
        }  # fmt: skip

    p2 = "cn.46_2024.p2.ga_ge_sb_superhard"
    return (
        entry("2022-10-21", "US", "us.742_6.a_6.3a090_4a090", "in_force", "", 1),
        entry("2023-08-01", "CN", "cn.23_2023.ga_ge", "in_force", "", 2),
        entry("2024-12-03", "CN", "cn.46_2024.p1", "in_force", "", 1),
        entry("2024-12-03", "CN", p2, "in_force", "2025-11-09", 2),
        entry("2025-11-09", "CN", p2, "suspended", "2026-11-28", 2),
        entry("2026-01-15", "US", "us.742_6.b_10.case_by_case_2026", "in_force", "", 1),
        entry("2026-11-28", "CN", p2, "in_force", "", 2),
    )


def source(name: str, title: str, as_of: str, *, stale: bool = False) -> dict[str, Any]:
    return {"id": name, "title": title, "as_of": as_of, "stale": stale,
            "attribution": f"Source: {title}"}  # fmt: skip


def provenance() -> dict[str, Any]:
    return {
        "chipward": "0.1.0", "data_lock": "0f1e2d3c4b5a69788796a5b4c3d2e1f0", "engine": "duckdb 2",
        "local_law": [{"name": "house-rules", "sha256": "aa55" * 16}],
        "options": {"scope": "enforced", "lang": "en"},
        "verified_to": [
            {"regime": "CN", "name": "China (dual-use and foreign-trade law)",
             "day": "2026-10-09", "what": "newest dated MOFCOM material found", "past": True},
            {"regime": "US", "name": "United States (EAR)", "day": "2026-07-23",
             "what": "eCFR issue of 15 CFR 730-774", "past": True},
        ],
        "sources": [
            source("ecfr_parsed", "eCFR, 15 CFR 730-774, issue of 2026-07-23", "2026-07-23"),
            source("mofcom", "MOFCOM announcements", "2026-10-09"),
            source("nvidia_eccn", "NVIDIA export classification table", "2026-04-27", stale=True),
            source(MCS, "USGS Mineral Commodity Summaries 2026", "2026-02-01"),
        ],
    }  # fmt: skip


def materials() -> tuple[dict[str, Any], ...]:
    def row(name: str, country: str, share: float | None, numbers: list[int]) -> dict[str, Any]:
        return {"material": name, "title": name.capitalize(), "country": country,
                "share_pct": share, "year": 2025, "source": f"{MCS}: {name}",
                "lines": numbers}  # fmt: skip

    return (
        row("gallium", "CN", 99.0, [2]),
        row("germanium", "CN", None, [3]),
        row("indium", "CN", 69.7, [5]),
        row("tantalum", "CD", 52.3, [9]),
        row("palladium", "RU", 41.2, [11, 13]),
        row("tin", "SG", 12.5, [6, 7, 8]),
    )


def questions() -> tuple[Question, ...]:
    return (
        Question(fact="end_use", scope="review", regimes=("CN",), lines=(2, 3, 5), settles=3,
                 text=say("question.end_use")),
        Question(fact="item", scope="line", regimes=("US",), lines=(6, 7, 8, 12), settles=4,
                 text=say("question.item", regime="@regime.US")),
        Question(fact="certifications", scope="review", regimes=("US",), lines=(1,), settles=1,
                 text=say("question.certifications")),
    )  # fmt: skip


def board() -> Review:
    """The review of the board."""
    listed = lines()
    names = ("stop", "hold", "check", "note", "unknown", "none")
    return Review(
        on=DAY, known_at="", scope="enforced",
        bom={"name": "thermal-camera-carrier.csv", "sha256": "5eed" * 16, "format": "csv",
             "sheet": None, "header_row": 1, "lines": 14, "fitted": 13, "columns": [
                 {"column": "Part Number", "meaning": "mpn", "how": "header"},
                 {"column": "Designator", "meaning": "reference", "how": "header"}],
             "warnings": []},
        profile={"name": "example buyer", "country": "US", "buyer_type": "private",
                 "destinations": ["CN", "DE"]},
        counts={name: sum(row.level == name for row in listed) for name in names},
        lines=listed, findings=findings(), questions=questions(),
        coverage=(
            say("coverage.modelled.cn"), say("coverage.modelled.us"),
            say("coverage.not_modelled.detectors", line=5), say("coverage.not_modelled.lists"),
            say("coverage.not_modelled.ear99")),
        cautions=(
            say("caution.age", regime="@regime.CN", day="2026-10-09"),
            say("caution.age", regime="@regime.US", day="2026-07-23"), say("caution.decree")),
        materials=materials(), timeline=timeline(),
        changes=(say("change.status", what="46/2024", old="2026-11-24", new=DAY),),
        provenance=provenance(),
    )  # fmt: skip

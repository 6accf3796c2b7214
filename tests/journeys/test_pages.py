"""Every main page on a phone, in both languages: no sideways scroll, nothing half translated.

The fixture of the page already fails on script errors and breaches of the content policy.
"""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from shipments import services
from tests.factories import shipments as make

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.once]

PAGES = {
    "quality": ("/", "/dashboard/", "/dashboard/?fig=all", "/dashboard/wall/", "/views/",
                "/views/save/", "/objectives/", "/figures/runs/", "/kpi/T01/notes/new/",
                "/kpi/T01/?tab=hours", "/kpi/", "/kpi/T01/", "/kpi/T01/records/", "/targets/",
                "/kpi/T10/", "/kpi/durations/T05/", "/kpi/durations/T06A/",
                "/exemptions/", "/exemptions/new/", "/kpi/T01/baseline/new/",
                "/targets/T01/", "/reports/", "/reports/2026-10/", "/grades/",
                "/delivery/rules/station/", "/findings/", "/scan-quality/", "/settings/reasons/",
                "/settings/reasons/absent/", "/settings/claims/", "/settings/claims/bands/",
                "/settings/claims/delay/insured/", "/settings/causes/", "/settings/causes/new/",
                 "/settings/reasons/new/",
                "/watchlist/", "/monitor/", "/monitor/process/", "/service-notices/",
                "/service-notices/new/", "/settings/exceptions/", "/settings/exceptions/lost/",
                "/settings/cases/", "/settings/cases/reasons/", "/settings/cases/reasons/lost/",
                "/settings/cases/reasons/new/", "/settings/cases/pauses/",
                "/settings/cases/pauses/new/", "/settings/cases/procedures/",
                "/settings/cases/procedures/fee/", "/settings/cases/channels/", "/actions/",
                "/signals/", "/settings/improvement/",
                "/actions/?layout=list", "/actions/new/", "/settings/nonconformity-causes/",
                "/settings/nonconformity-causes/new/",
                "/settings/nonconformity-causes/people-training/", "/documents/",
                "/documents/new/", "/documents/readings/", "/documents/clauses/", "/processes/",
                "/processes/order/", "/processes/order/edit/", "/legal/", "/legal/new/",
                "/legal/express-rules/", "/legal/express-rules/duties/new/",
                "/legal/express-rules/wording/", "/legal/duties/", "/audits/",
                "/audits/findings/", "/audits/programmes/new/", "/certifications/",
                "/certifications/new/",
                "/inspections/",
                "/inspections/due/", "/inspections/findings/", "/inspections/plans/",
                "/inspections/plans/new/", "/checklists/", "/checklists/site-round/",
                "/checklists/vehicles/compare/",
                "/control-plan/", "/control-plan/rules/", "/evaluations/", "/evaluations/new/",
                "/evaluations/plans/", "/evaluations/plans/new/", "/process-reviews/",
                "/process-reviews/new/", "/camera-clips/", "/camera-clips/new/", "/live-run/",
                "/live-run/ranking/",
                "/licences/", "/licences/new/", "/expiry/", "/safety/", "/premises/",
                "/hazards/", "/hazards/new/",
                "/incidents/", "/incidents/new/", "/emergencies/", "/emergencies/fire/",
                "/drills/", "/drills/new/", "/risk-areas/", "/risk-areas/new/", "/destroyed/",
                "/destroyed/new/", "/reviews/", "/reviews/plans/", "/reviews/plans/new/",
                "/pledges/", "/pledges/new/", "/pledges/on-time/", "/objectives/2026/known/",
                "/objectives/2026/T01/resources/", "/objectives/2026/T01/resources/give/",
                "/programmes/", "/programmes/new/", "/benchmarks/",
                "/kpi/customers/", "/benchmarks/new/", "/activities/", "/activities/new/",
                "/process-changes/",
                "/process-changes/new/", "/routines/", "/routines/new/",
                "/routines/trend-look/", "/routines/trend-look/edit/", "/retention/",
                "/retention/new/", "/retention/training/", "/meetings/", "/meetings/new/",
                "/meetings/series/", "/meetings/series/new/", "/staff-notices/",
                "/staff-notices/new/", "/tasks/", "/tasks/new/"),
    "manager": ("/strategy/", "/strategy/new/",
                "/vehicles/", "/vehicles/new/", "/vehicles/calendar/", "/instruments/out-of-date/",
                "/maintenance/", "/maintenance/new/", "/road-tickets/", "/road-tickets/new/",
                "/equipment/", "/equipment/new/", "/gear/", "/gear/new/", "/zones/", "/zones/new/",
                "/zones/dwell/", "/arrivals/", "/lanes/damage/",
                "/sites/", "/sites/HZ-01/", "/complaints/", "/network/", "/network/hours/",
                "/network/areas/", "/network/areas/new/", "/network/areas/unassigned/",
                "/network/lockers/", "/network/lockers/edit/", "/network/screening/",
                "/network/screening/new/", "/network/calendar/", "/network/partners/",
                "/network/partners/new/", "/lanes/", "/lanes/key/", "/lanes/new/", "/trips/",
                "/trips/new/", "/bags/", "/bags/new/", "/sorting/", "/stocktakes/",
                "/disruptions/", "/disruptions/new/", "/sites/new/", "/sites/HZ-01/edit/"),
    "hr": ("/staff/", "/staff/C000/", "/staff/new/", "/training/", "/staff/C000/check/",
           "/posts/courier/", "/organisation/", "/teams/", "/texts-to-sign/secrecy/",
           "/training/plan/", "/training/needs/new/", "/training/matrix/",
           "/training/courses/packing/questions/", "/training/courses/packing/questions/new/",
           "/supervision/", "/rewards/rules/", "/stars/", "/grades/schemes/", "/me/", "/goals/",
           "/goals/new/"),
    "auditor": ("/audit/", "/runs/", "/kpi/checks/"),
    "admin": ("/users/", "/users/new/", "/account/", "/imports/", "/imports/new/", "/notices/",
              "/webhooks/", "/webhooks/new/"),
    "lead": ("/settings/texts/", "/settings/texts/delivery/", "/settings/answers/",
             "/settings/answers/new/", "/settings/answers/where/", "/claims/?view=all",
             "/complaints/forums/", "/complaints/forums/new/", "/measures/",
             "/privacy-incidents/", "/voice/", "/campaigns/",
             "/settings/answers/new/", "/settings/answers/where/", "/settings/replies/",
             "/settings/replies/new/", "/settings/replies/compensation/", "/customers/",
             "/customers/new/", "/customers/visits/", "/customers/expectations/",
             "/customers/expectations/new/", "/customers/needs/", "/customers/needs/new/",
             "/customers/suggestions/", "/customers/desk/", "/library/", "/surveys/",
             "/surveys/plans/new/", "/surveys/results/", "/surveys/words/",
             "/surveys/interviews/", "/surveys/measures/", "/surveys/measures/new/",
             "/surveys/questionnaires/service/"),
    "agent": ("/parcels/", "/orders/", "/orders/new/", "/complaints/new/",
              "/complaints/follow-ups/", "/complaints/regulator/", "/complaints/regulator/new/",
              "/complaints/?view=unanswered", "/my-tasks/", "/exceptions/",
              "/exceptions/?layout=list",
              "/messages/", "/refusals/", "/dangerous/", "/goods/", "/packing/",
              "/three-systems/", "/green/"),
    "supervisor": ("/scans/", "/orders/fees/", "/refusals/new/", "/dangerous/new/",
                   "/instruments/", "/instruments/new/", "/packing/count/", "/rounds/",
                   "/rounds/new/", "/placements/", "/collect/", "/proofs/missing/", "/consents/",
                   "/consents/new/", "/returns/", "/cod/", "/delivery/quality/",
                   "/delivery/rules/", "/statements/", "/m/inspect/", "/m/inspect/-/"),
    "courier": ("/m/today/", "/m/scan/", "/m/queue/", "/m/me/", "/m/pickup/-/", "/m/deliver/-/",
                "/m/failed/-/", "/m/exception/-/", "/m/round/start/", "/m/round/end/", "/m/cod/",
                "/m/incident/", "/m/complaint/", "/m/cases/", "/surveys/mine/", "/me/",
                "/goals/new/", "/m/documents/", "/sop/claim/"),
}  # fmt: skip
SERVICE = ("", "standards/", "pledges/", "prices/",
           "prices/?origin=HZ-01&destination=HZ-02&weight=2", "area/", "area/?place=HZ",
           "delivery/", "terms/", "notices/", "privacy/", "faq/", "faq/?q=code", "ask/",
           "compensation/", "contact/", "suggest/")  # fmt: skip
PUBLIC = {
    "zh-CN": (
        "/login/",
        "/track/",
        "/complain/",
        "/order/",
        "/prohibited/",
        "/verify/",
        *(f"/service/{page}" for page in SERVICE),
    ),
    "en": (
        "/en/track/",
        "/en/complain/",
        "/en/order/",
        "/en/prohibited/",
        "/en/verify/",
        *(f"/en/service/{page}" for page in SERVICE),
    ),
}
LANGUAGES = {"zh-CN": "zh-hans", "en": "en"}
WIDTH = 390

# What the product itself says; texts of the data (names, places) are nobody's translation.
OWN_WORDS = """() => {
  const own = "h1, h2, h3, th[scope=col], legend, label, button, summary, dt, nav a, .hint";
  return [...document.querySelectorAll(own)].map((one) => {
    const copy = one.cloneNode(true);
    copy.querySelectorAll("kbd, code, select, option, input, [lang]").forEach((x) => x.remove());
    return one.closest("[lang]:not(html)") ? "" : copy.textContent.replace(/\\s+/g, " ").trim();
  }).filter(Boolean);
}"""
# What hangs over the right edge, unless it stands in a table that may scroll.
OVERHANG = """() => {
  const page = document.documentElement;
  if (page.scrollWidth <= page.clientWidth) return [];
  return [...document.body.querySelectorAll("*")].filter((one) =>
    one.getBoundingClientRect().right > page.clientWidth + 1 && !one.closest(".table-scroll"))
    .map((one) => `${one.tagName}.${one.className}`).slice(0, 5).concat("wider than the screen");
}"""
DATA = ("测试", "西湖", "滨江", "杭州")
LATIN = ("CSV", "PDF", "SHA", "xlsx", "json", "XLSX", "JSON", "EN", "English", "Chromium", "Olist")


def _is_foreign(words: str, lang: str) -> bool:
    """Say whether a text of the product is in the other language."""
    for known in DATA if lang == "en" else LATIN:
        words = words.replace(known, "")
    has_chinese = any("一" <= sign <= "鿿" for sign in words)
    if lang == "en":
        return has_chinese
    longest = max((len(w) for w in words.split() if w.isascii() and w.isalpha()), default=0)
    return longest > 3 and not has_chinese


def _faults(page: Any, address: str, lang: str) -> list[str]:
    answer = page.goto(address)
    page.wait_for_function("() => !document.querySelector('.htmx-request')")
    foreign = [words for words in page.evaluate(OWN_WORDS) if _is_foreign(words, lang)]
    found = [f"not translated: {words}" for words in foreign] + page.evaluate(OVERHANG)
    if answer.status != 200:
        found.append(f"status {answer.status}")
    return [f"{address} {lang}: {one}" for one in found]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_pages_on_a_phone(lang: str, cast: Any, browser_page: Any, live_server: Any) -> None:
    found = []
    for role, addresses in PAGES.items():
        user = cast.users[role]
        user.language = LANGUAGES[lang]
        user.save(update_fields=["language"])
        page = browser_page(user=user, width=WIDTH, height=844, lang=lang)
        for address in addresses:
            found += _faults(page, live_server.url + address, lang)
    page = browser_page(width=WIDTH, height=844, lang=lang)
    for address in PUBLIC[lang]:
        found += _faults(page, live_server.url + address, lang)
    assert not found, "\n".join(found)


# What is pressed stands alone; a link within a sentence is as high as its line.
LOW = """(least) => [...document.querySelectorAll("main :is(a, button, select, summary)")]
  .filter((one) => one.offsetParent && !one.closest(".visually-hidden"))
  .filter((one) => getComputedStyle(one).display !== "inline" || !one.closest("p, dd, li"))
  .filter((one) => Math.min(one.offsetHeight, one.offsetWidth) < least)
  .map((one) => `low: ${one.className} ${one.textContent.trim()}`)"""
TINY = """() => [...document.querySelectorAll("main *")].filter((one) => one.offsetParent &&
  [...one.childNodes].some((part) => part.nodeType === 3 && part.textContent.trim()) &&
  parseFloat(getComputedStyle(one).fontSize) < 16)
  .map((one) => `tiny: ${one.textContent.trim()}`)"""
DENSE = ("/exceptions/?layout=board", "/exceptions/?layout=list", "/network/", "/dashboard/",
         "/complaints/", "/parcels/")  # fmt: skip


@pytest.mark.parametrize(("width", "least"), [(WIDTH, 48), (1440, 24)])
def test_a_thumb_and_a_pointer_hit_what_they_mean(
    width: int, least: int, cast: Any, browser_page: Any, live_server: Any
) -> None:
    parcel = make.accept(make.order(origin=cast.station, destination=cast.neighbour))
    services.open_exception(
        parcel=parcel, kind="delayed", site_id=parcel.origin_id, at=timezone.now(), actor=None,
        note="Rain",
    )  # fmt: skip
    page = browser_page(user=cast.manager, width=width, lang="en")
    found = []
    for address in DENSE:
        page.goto(live_server.url + address)
        page.wait_for_function("() => !document.querySelector('.htmx-request')")
        found += [f"{address} {one}" for one in page.evaluate(LOW, least)]
        if width == WIDTH:
            found += [f"{address} {one}" for one in page.evaluate(TINY)]
    assert found == []

"""What anybody may read without an account: limits, prices, area, rules, and their versions."""

from __future__ import annotations

import html
import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from courierqa.core.errors import DomainError, StaleEdit
from courierqa.core.models import AuditEntry
from courierqa.core.public import PAGES, public_url
from shipments import selectors, services
from shipments.models import DeliveryRule, Product, PublicText, Terms
from staff.models import Site
from tests.factories import shipments as make

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 2, tzinfo=UTC)
DAY = timedelta(days=1)


def words(answer) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())


@pytest.mark.req("PUB-01", "PUB-05")
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_the_home_of_the_service_lists_every_public_page_and_each_opens(client, cast, prefix):
    home = client.get(f"{prefix}/service/")

    links = [link.url for link in home.context["public_links"]]
    assert len(links) >= 12
    assert len(links) == len({page.name for page in PAGES if public_url(page.name)})
    assert all(url.startswith(f"{prefix}/") for url in links)
    assert {client.get(url).status_code for url in links} == {200}


@pytest.mark.req("TIM-03", "PUB-01", "TIM-13")
def test_products_and_limits_are_published_from_the_data(client, cast):
    Product.objects.filter(code="fast").update(low=1, high=2)

    text = words(client.get("/en/service/standards/"))

    for said in ("3–5 working days", "5–7 working days", "1–2 working days", "the same day"):
        assert said in text
    assert "official list of holidays" in text
    assert "2 free attempts" in text


def test_a_product_off_sale_is_not_published(client, cast):
    Product.objects.filter(code="economy").update(is_active=False)

    assert "Economy" not in words(client.get("/en/service/prices/"))


@pytest.mark.req("TIM-13")
def test_the_next_holidays_and_make_up_workdays_are_named():
    days = selectors.days_off(today=date(2026, 9, 18))

    assert selectors.days_off(today=date(2026, 7, 1)) == []
    assert (date(2026, 9, 20), True) in [(one.day, one.is_working) for one in days]
    assert (date(2026, 10, 1), False) in [(one.day, one.is_working) for one in days]


@pytest.mark.req("PUB-02", "PUB-03")
def test_the_calculator_shows_price_time_and_insurance_of_each_product(client, cast):
    asked = {"origin": "HZ-01", "destination": "HZ-02", "weight": "2.5", "declared": "500"}

    answer = client.get("/en/service/prices/", asked)

    offers = answer.context["offers"]
    quoted = services.quote(
        product=Product.objects.get(code="standard"), origin=cast.station,
        destination=cast.neighbour, weight_g=2500, at=timezone.now(), insured_fen=50_000,
    )  # fmt: skip
    standard = next(offer for offer in offers if offer.product.code == "standard")
    assert standard.quote.fee_fen == quoted.fee_fen
    assert standard.quote.promised_by == quoted.promised_by
    assert [o.quote.fee_fen for o in offers] == sorted(o.quote.fee_fen for o in offers)
    text = words(answer)
    assert "¥500.00" in text
    assert "/en/service/compensation/" in text


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("weight", "", "Enter the weight"),
        ("weight", "many", "Enter a weight such as 1.5"),
        ("weight", "51", "At most 50 kg"),
        ("weight", "NaN", "Enter a weight such as 1.5"),
        ("declared", "a lot", "Enter an amount such as 88.50"),
        ("declared", "999999", "At most ¥100,000.00"),
        ("origin", "X", "Choose one"),
    ],
)
def test_a_wrong_question_about_prices_names_the_field_and_keeps_the_rest(
    client, cast, field, value, said
):
    asked = {"origin": "HZ-01", "destination": "HZ-02", "weight": "2.5", "declared": "500"}

    answer = client.get("/en/service/prices/", {**asked, field: value})

    assert answer.status_code == 422
    assert said in str(answer.context["form"].errors[field])
    assert "Error:" in words(answer)
    assert 'value="2.5"' in words(answer) or field == "weight"


@pytest.mark.req("PUB-07", "DEL-25")
@pytest.mark.parametrize(
    ("place", "is_served"), [("杭州市西湖区文三路 9 号", True), ("杭州", True), ("乌鲁木齐", False)]
)
def test_anybody_learns_whether_a_place_is_served(client, place, is_served):
    make.site("HZ-01", city="杭州")

    text = words(client.get("/en/service/area/", {"place": place}))

    assert ("Not served" in text) is not is_served


@pytest.mark.parametrize(("prefix", "shown"), [("", "杭州"), ("/en", "Hangzhou")])
def test_a_city_is_called_as_its_reader_calls_it(client, cast, prefix, shown):
    Site.objects.update(city="杭州", city_en="Hangzhou")

    page = client.get(f"{prefix}/service/area/", {"place": "Hangzhou"}).content.decode()

    assert f"<strong>{shown}</strong>" in page


def test_a_closed_site_serves_nobody(client):
    station = make.site("HZ-01", city="杭州")
    station.closed_on = date(2026, 1, 1)
    station.save()

    assert "Not served" in words(client.get("/en/service/area/", {"place": "杭州"}))


@pytest.mark.req("PUB-06")
def test_the_wait_from_scan_to_display_is_measured_and_published(client, cast):
    parcel = make.accept(make.order(origin=cast.station, destination=cast.neighbour))
    late = make.scan(parcel, "ARR", make.MONDAY + timedelta(hours=2), site_id=cast.hub.pk)
    services.record_scans([late], source="courier", recorded_at=make.MONDAY + timedelta(hours=5))

    delay = selectors.display_delay()

    assert (delay.n, delay.in_time) == (3, 2)
    assert delay.median == timedelta()
    assert delay.newest == make.MONDAY + timedelta(hours=5)
    assert "66.7" in words(client.get("/en/service/standards/"))


# --- versions ---------------------------------------------------------------------------------


def publish(code="delivery", *, days=11, seen=1, at=NOW, actor=None, **more):
    said = {
        "title": "条款", "title_en": "Terms", "body": "## 新\n- 一\n- 二", "body_en": "New words",
        "why": "调整", **more,
    }  # fmt: skip
    return services.publish_text(
        code=code, valid_from=at + days * DAY, seen_version=seen, actor=actor, at=at, **said
    )


@pytest.mark.req("ACC-10")
def test_the_terms_a_sender_agrees_to_are_public_with_their_version(client, cast):
    terms = Terms.objects.get()

    text = words(client.get("/en/service/terms/"))

    assert f"Version {terms.version}, applies from" in text
    assert all(point["text_en"] in html.unescape(text) for point in terms.points)
    assert f"version {terms.version}" in words(
        client.get(
            "/en/service/prices/", {"origin": "HZ-01", "destination": "HZ-02", "weight": "1"}
        )
    )


def test_a_new_version_of_a_rule_is_announced_and_the_old_one_stays(client, cast):
    new = publish(at=timezone.now(), actor=cast.lead)

    text = words(client.get("/en/service/delivery/"))

    assert "Version 1, applies from" in text
    assert "Version 2 applies from" in text
    assert selectors.text_in_force("delivery", at=new.valid_from).version == 2
    assert selectors.text_in_force("delivery", at=new.valid_from - DAY).version == 1
    assert AuditEntry.objects.filter(action="text.publish", actor_id=cast.lead.pk).count() == 1


def test_changed_terms_need_ten_days_notice_contact_data_do_not():
    with pytest.raises(DomainError, match="10 天"):
        publish(days=9)
    with pytest.raises(DomainError):
        publish("contact", days=-1)

    assert publish("contact", days=0).version == 2


def test_two_editors_are_told_of_each_other():
    publish()

    with pytest.raises(StaleEdit):
        publish(seen=1)
    assert publish(seen=2).version == 3


def test_a_published_version_can_neither_be_changed_nor_removed():
    for deed in (lambda row: row.save(), lambda row: row.delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            deed(PublicText.objects.get(code="delivery"))


@pytest.mark.parametrize(("role", "code"), [("lead", 302), ("manager", 403), ("courier", 403)])
def test_a_lead_publishes_from_the_settings_page(as_role, role, code):
    at = timezone.localtime(timezone.now() + 11 * DAY)
    said = {
        "title": "条款", "title_en": "Terms", "body": "新", "body_en": "New", "why": "调整",
        "valid_from": at.strftime("%Y-%m-%dT%H:%M"), "seen_version": "1",
    }  # fmt: skip

    answer = as_role(role).post("/settings/texts/delivery/", said)

    assert answer.status_code == code
    assert PublicText.objects.filter(code="delivery").count() == (2 if code == 302 else 1)


def test_a_refused_version_keeps_what_was_typed(as_role):
    said = {
        "title": "条款", "title_en": "Terms", "body": "写了很久", "body_en": "New", "why": "调整",
        "valid_from": "2026-01-01T08:00", "seen_version": "1",
    }  # fmt: skip

    answer = as_role("lead").post("/settings/texts/delivery/", said)

    assert answer.status_code == 422
    assert "写了很久" in answer.content.decode()
    assert answer.context["form"].errors.keys() == {"valid_from"}


@pytest.mark.req("DEL-19")
def test_delivery_rules_say_limits_notice_and_placing_per_kind_of_site(client, db):
    text = words(client.get("/en/service/delivery/"))

    for said in ("08:00 and 20:00", "consent", "Delivered after arrival within"):
        assert said in text
    for rule in DeliveryRule.objects.all():
        assert rule.kind_label in text
        assert rule.placing_en in text


def test_a_published_text_is_text_never_markup(client, cast):
    publish("contact", days=0, at=timezone.now() - DAY, body_en="<script>alert(1)</script>\n- a")

    text = words(client.get("/en/service/contact/"))

    assert "<script>alert" not in text
    assert "<li>a</li>" in text


def test_published_pages_may_be_found_by_search_engines_tracking_may_not(client, db):
    assert "noindex" not in words(client.get("/service/standards/"))
    assert "noindex" in words(client.get("/track/"))

// Inspections: what is due, what was begun, and a new one. The list and the checklists are kept on
// the phone, so that everything works without a connection.
(() => {
  "use strict";
  const { $, store, send, say } = courier;
  const said = courier.dataset("#inspect-words");

  const today = () => courier.stamp().slice(0, 10);
  const listOf = (work, code) => work.lists.find((one) => one.code === code);

  async function fetchWork() {
    try {
      const response = await send.ask("/api/v1/inspections/waiting/", {
        headers: { Accept: "application/json", "Accept-Language": document.documentElement.lang },
      });
      if (!response.ok) return;
      await store.meta("inspections", await response.json());
    } catch {
      // Without a connection the kept list serves.
    }
    draw();
  }

  function row(href, name, when, mark) {
    const item = $("#due-row").content.firstElementChild.cloneNode(true);
    $("a", item).href = href;
    $(".i-name", item).textContent = name;
    $(".i-when", item).textContent = when;
    const badge = $(".badge", item);
    badge.hidden = !mark;
    if (mark) badge.append(mark);
    return item;
  }

  function dueRow(one, work) {
    const late = one.due_day < today();
    const list = listOf(work, one.list);
    const when = `${one.due_day} · ${one.kind_name}${one.team.length ? ` · ${say(said.joint, { n: one.team.length + 1 })}` : ""}`;
    return row(`/m/inspect/p${one.id}/`, `${one.site_name} · ${list?.name || one.list}`, when, late ? said.overdue : "");
  }

  async function drafts() {
    const rows = await store.all("drafts");
    return rows.filter((one) => one.key.startsWith("inspect:"));
  }

  async function draw() {
    const work = await store.meta("inspections");
    $("#no-work").hidden = Boolean(work);
    $("#work").hidden = !work;
    if (!work) return;
    const begun = await drafts();
    const keys = new Set(begun.map((one) => one.key));
    const sent = new Set((await store.queue()).filter((one) => one.planned).map((one) => one.planned));
    const open = work.due.filter((one) => !sent.has(one.id) && !keys.has(`inspect:p${one.id}`));
    $("#due").replaceChildren(...open.map((one) => dueRow(one, work)));
    $("#nothing-due").hidden = open.length > 0;
    $("#begun-part").hidden = !begun.length;
    $("#begun").replaceChildren(
      ...begun.map((one) => row(`/m/inspect/${one.key.slice(8)}/`, one.title, say(said.done, { n: Object.keys(one.points).length }), "")),
    );
    fill($("#new-list"), work.lists.map((one) => [one.code, one.name]));
    fill($("#new-site"), work.sites.map((one) => [one.code, one.name]));
  }

  function fill(select, options) {
    if (select.options.length > 1) return;
    for (const [value, text] of options) select.add(new Option(text, value));
  }

  $("#start").addEventListener("click", async () => {
    const work = await store.meta("inspections");
    const [code, site] = [$("#new-list").value, $("#new-site").value];
    const kind = $('[data-pick="kind"][aria-pressed="true"]')?.value;
    if (!code || !site || !kind) return courier.toast(said.choose, true);
    const id = courier.uuid7();
    const list = listOf(work, code);
    const place = work.sites.find((one) => one.code === site);
    await store.put("drafts", {
      key: `inspect:${id}`, uid: id, list, site, kind, planned: null, points: {}, team: [],
      title: `${place.name} · ${list.name}`, started_at: courier.stamp(),
    });
    location.href = `/m/inspect/${id}/`;
  });

  addEventListener("DOMContentLoaded", () => {
    const result = sessionStorage.getItem("inspected");
    sessionStorage.removeItem("inspected");
    $("#result").hidden = !result;
    if (result) $("#result span").textContent = result;
    draw().then(courier.ready).then(fetchWork);
  });
})();

// One inspection: every point starts without a grade, a fault asks for a photo, how grave it is and
// until when it is mended. What is tapped is kept at once; the score is shown only at the end.
(() => {
  "use strict";
  const { $, $$, store, say } = courier;
  const said = courier.dataset("#inspect-words");
  const FAULTS = ["minor", "major"];
  const DAYS = { today: 0, three: 3, week: 7 };
  let draft = null;

  const key = () => `inspect:${decodeURIComponent(location.pathname.split("/")[3] || "")}`;
  const isFault = (point) => FAULTS.includes(point?.grade) || point?.grade === "fault";
  const save = () => store.put("drafts", draft);

  function dayAfter(days) {
    const date = new Date();
    date.setDate(date.getDate() + days);
    return courier.stamp(date).slice(0, 10);
  }

  // A planned one becomes a draft when it is opened first.
  async function begin() {
    const kept = await store.get("drafts", key());
    if (kept) return kept;
    const id = Number(key().match(/^inspect:p(\d+)$/)?.[1]);
    const work = await store.meta("inspections");
    const due = work?.due.find((one) => one.id === id);
    const list = due && work.lists.find((one) => one.code === due.list);
    if (!list) return null;
    const made = {
      key: key(), uid: courier.uuid7(), list, site: due.site, kind: due.kind, planned: due.id, points: {},
      team: due.team, title: `${due.site_name} · ${list.name}`, started_at: courier.stamp(),
    };
    await store.put("drafts", made);
    return made;
  }

  // --- points ------------------------------------------------------------------------------------------
  const choice = (id) => draft.points[id];

  function gapOf(line) {
    const point = choice(line.id);
    if (!point) return say(said.ungraded, { n: line.position });
    if (!isFault(point)) return "";
    if (point.grade === "fault") return say(said.grave, { n: line.position });
    if (!point.photo) return say(said.photo, { n: line.position });
    if (!point.due_on) return say(said.due, { n: line.position });
    return "";
  }

  function progress() {
    const lines = draft.list.lines;
    const done = lines.filter((line) => choice(line.id)).length;
    const faults = lines.filter((line) => isFault(choice(line.id))).length;
    $("#progress").textContent = `${done} / ${lines.length}`;
    $("#bar").max = lines.length;
    $("#bar").value = done;
    $("#fails").hidden = !faults;
    $("#fails b").textContent = faults;
    for (const box of $$(".area-fails")) {
      const n = lines.filter((line) => line.area === box.dataset.area && isFault(choice(line.id))).length;
      box.hidden = !n;
      box.textContent = say(said.fails, { n });
    }
    const gap = lines.map(gapOf).find(Boolean) || signGap();
    $("#why").textContent = gap;
    $("#finish").disabled = Boolean(gap);
  }

  function signGap() {
    if (!courier.signed("inspector")) return said.sign;
    if (courier.signed("site")) return $("#signed-by").value.trim() ? "" : said.name;
    return $("#not-signed").value.trim() ? "" : said.site;
  }

  function grade(line, value) {
    const before = choice(line.id) || {};
    const grave = value === "fault" ? before : {};
    draft.points[line.id] = { ...grave, grade: value === "fault" && FAULTS.includes(before.grade) ? before.grade : value };
    drawPoint(line);
  }

  function set(line, values) {
    draft.points[line.id] = { ...choice(line.id), ...values };
    drawPoint(line);
  }

  function drawPoint(line) {
    const box = $(`#point-${line.id}`);
    const point = choice(line.id);
    const fault = isFault(point);
    const pressed = fault ? "fault" : point?.grade;
    $$("[data-grade]", box).forEach((one) => one.setAttribute("aria-pressed", String(one.value === pressed)));
    $$("[data-grave]", box).forEach((one) => one.setAttribute("aria-pressed", String(one.value === point?.grade)));
    $$("[data-due]", box).forEach((one) => one.setAttribute("aria-pressed", String(one.value === point?.due)));
    box.dataset.state = fault ? "fault" : point ? "done" : "open";
    $(".fault", box).hidden = !fault;
    progress();
    save();
  }

  function pointBox(line) {
    const box = $("#point").content.firstElementChild.cloneNode(true);
    box.id = `point-${line.id}`;
    $(".p-no", box).textContent = line.position;
    $(".p-text", box).textContent = line.text;
    $(".p-limit", box).textContent = line.limit;
    $(".p-critical", box).hidden = !line.critical;
    $$("[data-grade]", box).forEach((one) => one.addEventListener("click", () => grade(line, one.value)));
    $$("[data-grave]", box).forEach((one) => one.addEventListener("click", () => set(line, { grade: one.value })));
    $$("[data-due]", box).forEach((one) =>
      one.addEventListener("click", () => set(line, { due: one.value, due_on: dayAfter(DAYS[one.value]) })),
    );
    const photo = $(".photo", box);
    photo.dataset.photo = `p${line.id}`;
    $("input", photo).id = `photo-${line.id}`;
    $("label", photo).htmlFor = `photo-${line.id}`;
    courier.startPhoto(photo);
    const note = $(".p-note", box);
    note.id = `note-${line.id}`;
    $(".p-note-label", box).htmlFor = note.id;
    note.addEventListener("input", () => {
      draft.points[line.id].note = note.value;
      save();
    });
    restore(box, photo, note, line);
    return box;
  }

  // A page that was closed comes back as it was.
  function restore(_box, photo, note, line) {
    const point = choice(line.id);
    note.value = point?.note || "";
    if (!point?.photo) return;
    $("img", photo).src = URL.createObjectURL(point.photo.blob);
    $(".photo-size", photo).textContent = `${Math.ceil(point.photo.blob.size / 1024)} kB`;
    $(".photo-view", photo).hidden = false;
  }

  function takePhotos() {
    for (const line of draft.list.lines) {
      const photo = courier.photoOf(`p${line.id}`);
      if (photo && choice(line.id)?.photo !== photo) set(line, { photo });
    }
  }

  function drawAll() {
    $(".phone-title").textContent = draft.title;
    const parts = new Map();
    for (const line of draft.list.lines) parts.set(line.area, [...(parts.get(line.area) || []), line]);
    $("#areas").replaceChildren(
      ...[...parts].map(([area, lines]) => {
        const part = $("#area").content.firstElementChild.cloneNode(true);
        $("h2 span", part).textContent = lines[0].area_name;
        $(".area-fails", part).dataset.area = area;
        $(".area-points", part).replaceChildren(...lines.map(pointBox));
        return part;
      }),
    );
    const names = draft.team.map((one) => one.name).join("、");
    $("#team").hidden = !names;
    $("#team b").textContent = names;
    draft.list.lines.forEach(drawPoint);
  }

  // --- finishing ---------------------------------------------------------------------------------------
  function pointBody(line) {
    const point = choice(line.id);
    const body = { line: line.id, grade: point.grade, note: (point.note || "").trim() };
    return isFault(point) ? { ...body, photos: 1, due_on: point.due_on } : body;
  }

  async function records() {
    const strokes = async (name) => (courier.signed(name) ? (await courier.signature(name)).strokes : []);
    const id = draft.uid;
    const at = courier.stamp();
    const common = { group: id, title: draft.title, happened_at: at, planned: draft.planned };
    const body = {
      id, version: draft.list.version, site: draft.site, kind: draft.kind, planned: draft.planned,
      started_at: draft.started_at, finished_at: at, points: draft.list.lines.map(pointBody),
      team: draft.team.map((one) => one.number), note: $("#whole-note").value.trim(),
      signature: await strokes("inspector"), site_signature: await strokes("site"),
      signed_by: $("#signed-by").value.trim(), not_signed_why: $("#not-signed").value.trim(),
    };
    const made = [{ ...common, id, kind: "record", code: "inspection", waybill: "", url: "/api/v1/inspections/", body }];
    for (const line of draft.list.lines.filter((one) => isFault(choice(one.id)))) {
      const { blob } = choice(line.id).photo;
      const uid = courier.uuid7();
      made.push({
        ...common, id: uid, kind: "proof", code: "photo", waybill: "", url: "/api/v1/inspections/photos/",
        size: blob.size, blob, body: { id: uid, inspection: id, line: line.id },
      });
    }
    return made;
  }

  function result() {
    const points = draft.list.lines.map((line) => ({ ...choice(line.id), critical: line.critical }));
    const checked = points.filter((one) => one.grade === "conform" || isFault(one)).length;
    const good = points.filter((one) => one.grade === "conform").length;
    const failed = points.some((one) => isFault(one) && one.critical);
    const grave = points.some((one) => one.grade === "major");
    const parts = [say(said.score, { good, checked, bad: checked - good })];
    if (failed) parts.push(said.failed);
    if (grave) parts.push(said.raise);
    return parts.join(" ");
  }

  async function finish() {
    if ($("#why").textContent) return;
    $("#finish").disabled = true;
    if (!(await courier.keep(await records()))) return progress();
    await store.remove("drafts", draft.key);
    sessionStorage.setItem("inspected", result());
    location.href = "/m/inspect/";
  }

  document.addEventListener("courier:drawn", () => {
    if (!draft) return;
    takePhotos();
    progress();
  });
  for (const id of ["#signed-by", "#not-signed"]) $(id).addEventListener("input", () => draft && progress());
  $("#finish").addEventListener("click", finish);

  addEventListener("DOMContentLoaded", async () => {
    draft = await begin();
    $("#gone").hidden = Boolean(draft);
    $("#form").hidden = !draft;
    if (draft) drawAll();
    courier.ready();
  });
})();

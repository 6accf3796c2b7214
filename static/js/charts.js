// Draws the charts of a page: the option is JSON made by the server, the library is fetched only
// when a chart is there. Colours come from the page's own variables, so the theme is one.
(() => {
  "use strict";
  const source = document.currentScript.dataset.library;
  const drawn = new Map();
  let library = null;

  function load() {
    library ??= new Promise((done, fail) => {
      const script = document.createElement("script");
      script.src = source;
      script.onload = () => done(window.echarts);
      script.onerror = fail;
      document.head.append(script);
    });
    return library;
  }

  const color = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

  // "$better" in an option stands for the page's colour of that name.
  function coloured(value) {
    if (typeof value === "string" && value.startsWith("$")) return color(value.slice(1)) || value;
    if (Array.isArray(value)) return value.map(coloured);
    if (value && typeof value === "object") {
      return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, coloured(entry)]));
    }
    return value;
  }

  function axis(entry) {
    return {
      axisLine: { lineStyle: { color: color("control") } },
      axisLabel: { color: color("text-2"), fontSize: 12 },
      axisTick: { show: false },
      nameTextStyle: { color: color("hint") },
      splitLine: { lineStyle: { color: color("hairline-soft") } },
      ...entry,
    };
  }

  // Marks are named beside the line, in the page's own ink.
  function serie(entry) {
    const label = { color: color("text-2"), fontSize: 12, textBorderWidth: 0 };
    const mark = entry.markLine;
    const dressedMark = mark && {
      ...mark,
      symbol: mark.symbol || "none",
      label: { ...label, ...mark.label },
      data: mark.data?.map((line) => (line.label ? { ...line, label: { ...label, ...line.label } } : line)),
    };
    return {
      ...entry,
      label: { ...label, ...entry.label },
      ...(entry.endLabel && { endLabel: { ...label, ...entry.endLabel } }),
      ...(mark && { markLine: dressedMark }),
    };
  }

  function dressed(option) {
    const own = coloured(option);
    if (own.series) own.series = [own.series].flat().map(serie);
    for (const name of ["xAxis", "yAxis"]) {
      if (Array.isArray(own[name])) own[name] = own[name].map(axis);
      else if (own[name]) own[name] = axis(own[name]);
    }
    return {
      animation: false,
      color: [color("text"), color("better"), color("action"), color("neutral")],
      textStyle: { fontFamily: getComputedStyle(document.body).fontFamily, color: color("text-2") },
      grid: { left: 8, right: 64, top: 24, bottom: 8, containLabel: true },
      aria: { enabled: true, decal: { show: true } },
      ...own,
      tooltip: {
        confine: true,
        backgroundColor: color("surface"),
        borderColor: color("hairline"),
        textStyle: { color: color("text"), fontSize: 13 },
        ...own.tooltip,
      },
    };
  }

  async function draw(figure) {
    const canvas = figure.querySelector(".chart-canvas");
    const data = document.getElementById(`${figure.dataset.chart}-option`);
    if (!canvas || !data) return;
    const option = JSON.parse(data.textContent);
    const echarts = await load();
    drawn.get(canvas)?.dispose();
    const chart = echarts.init(canvas, null, { renderer: "svg" });
    chart.setOption(dressed(option));
    chart.on("click", (point) => {
      const url = point.data?.url;
      if (url) location.href = url;
    });
    drawn.set(canvas, chart);
    walk(canvas, chart, option);
  }

  // Arrow keys move along the points of the first series, Enter opens the records of one.
  function walk(canvas, chart, option) {
    const points = [option.series].flat()[0]?.data || [];
    if (!points.some((point) => point?.url)) return;
    const has = (place) => points[place]?.value != null;
    const last = points.map((_point, place) => place).filter(has).pop();
    let place = null;
    canvas.tabIndex = 0;
    canvas.onkeydown = (event) => {
      const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
      if (event.key === "Enter" && points[place]?.url) location.href = points[place].url;
      if (!step || last === undefined) return;
      event.preventDefault();
      let next = place === null ? last : place + step;
      while (next >= 0 && next < points.length && !has(next)) next += step;
      if (!has(next)) return;
      chart.dispatchAction({ type: "downplay", seriesIndex: 0 });
      place = next;
      chart.dispatchAction({ type: "highlight", seriesIndex: 0, dataIndex: place });
      chart.dispatchAction({ type: "showTip", seriesIndex: 0, dataIndex: place });
    };
    canvas.onblur = () => chart.dispatchAction({ type: "hideTip" });
  }

  function drawAll(within = document) {
    within.querySelectorAll(".chart[data-chart]").forEach((figure) => draw(figure));
  }

  function redraw() {
    for (const canvas of drawn.keys()) {
      const figure = canvas.closest(".chart");
      if (figure) draw(figure);
    }
  }

  addEventListener("DOMContentLoaded", () => drawAll());
  document.addEventListener("htmx:load", (event) => drawAll(event.target));
  document.addEventListener("courierqa:theme", redraw);
  addEventListener("resize", () => drawn.forEach((chart) => chart.resize()));
})();

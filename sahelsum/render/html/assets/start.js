{
  const DAY = 86_400_000;
  const ROWS = data.rows, REVIEWS = data.reviews;
  const { articles, events, traits, names } = data;
  const PLACES = traits.indexOf("places"), COUNTRIES = traits.indexOf("countries");

  // Days since 1970; a month or a year is all its days. Null where nothing is known.
  function span(date) {
    if (!date) return null;
    const [year, month, day] = date.split("-").map(Number);
    const start = Date.UTC(year, (month ?? 1) - 1, day ?? 1) / DAY;
    const end = day ? start + 1 : month ? Date.UTC(year, month, 1) / DAY : Date.UTC(year + 1, 0, 1) / DAY;
    return [start, end];
  }
  const iso = (day) => new Date(day * DAY).toISOString().slice(0, 10);
  for (const row of [...articles, ...events]) row.span = span(row.d);
  const dated = [...articles, ...events].filter((row) => row.span);
  const first = Math.min(...dated.map((row) => row.span[0])), last = Math.max(...dated.map((row) => row.span[1]));
  const lists = [
    { rows: articles, elements: all("#article-rows article"), more: byId("more-articles"), limit: ROWS, flagged: (row) => row.r },
    { rows: events, elements: all("#event-rows tr"), more: byId("more-events"), limit: ROWS, flagged: (row) => row.a.some((n) => articles[n].r) },
    { rows: data.review.map((number) => articles[number]), elements: all(".reviews > li"), more: byId("more-review"), limit: REVIEWS, flagged: () => true },
  ];
  const selects = all("select[data-trait]");
  let spotsLater = 0;

  function wanted() {
    const chosen = selects.filter((select) => select.value !== "").map((select) => [Number(select.dataset.trait), Number(select.value)]);
    const day = (id) => (byId(id).value ? span(byId(id).value)[0] : null);
    const to = day("to");
    return { chosen, from: day("from"), to: to === null ? null : to + 1, flagged: byId("flagged").checked };
  }
  const inPeriod = (row, { from, to }) => (from === null && to === null) || (row.span && row.span[1] > (from ?? -Infinity) && row.span[0] < (to ?? Infinity));
  const fits = (row, { chosen }) => chosen.every(([trait, name]) => row.t[trait].includes(name));

  function apply() {
    const want = wanted();
    for (const list of lists) {
      list.fitting = list.rows.map((row) => fits(row, want) && (!want.flagged || list.flagged(row)));
      list.matching = list.rows.map((row, place) => list.fitting[place] && inPeriod(row, want));
      list.count = list.matching.filter(Boolean).length;
    }
    lists.forEach(show);
    const told = (list, noun) => `${list.count.toLocaleString("en")} of ${list.rows.length.toLocaleString("en")} ${noun}`;
    byId("status").textContent = `${told(lists[0], "articles")}, ${told(lists[1], "events")}`;
    byId("clear").disabled = !(want.chosen.length || want.flagged || want.from !== null || want.to !== null);
    drawTime(want);
    cancelAnimationFrame(spotsLater);
    spotsLater = requestAnimationFrame(drawSpots);
    remember();
  }

  function show(list) {
    let shown = 0;
    list.elements.forEach((element, place) => {
      const hide = !list.matching[place] || ++shown > list.limit;
      if (element.hidden !== hide) element.hidden = hide;
    });
    list.more.hidden = shown <= list.limit;
  }
  for (const list of lists) {
    list.more?.addEventListener("click", () => { list.limit += 4 * ROWS; show(list); });
    list.more ??= {};
  }

  // What is chosen stands in the address, so that it can be kept and comes back with the Back button.
  function remember() {
    const state = new URLSearchParams();
    for (const select of selects) if (select.value !== "") state.set(traits[select.dataset.trait], names[select.dataset.trait][select.value]);
    for (const id of ["from", "to"]) if (byId(id).value) state.set(id, byId(id).value);
    if (byId("flagged").checked) state.set("check", "1");
    const text = String(state);
    if (text !== location.hash.slice(1)) history.replaceState(null, "", text ? `#${text}` : location.pathname + location.search);
  }
  function recall() {
    const state = new URLSearchParams(location.hash.slice(1));
    for (const select of selects) {
      const place = names[select.dataset.trait].indexOf(state.get(traits[select.dataset.trait]));
      select.value = place < 0 ? "" : String(place);
    }
    for (const id of ["from", "to"]) byId(id).value = state.get(id) ?? "";
    byId("flagged").checked = state.has("check");
  }

  // The timeline: bars for days, weeks, months or years, whichever fit; its window is the period of the filter.
  const time = byId("time"), NS = "http://www.w3.org/2000/svg";
  const ticks = make("div", { className: "ticks" });
  ticks.setAttribute("aria-hidden", "true");
  time.after(ticks);
  const draw = (tag, attributes) => {
    const element = document.createElementNS(NS, tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    return element;
  };
  const MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");
  const units = [
    { name: "day", most: 62, start: (day) => day, next: (day) => day + 1, label: (d) => `${d.getUTCDate()} ${MONTHS[d.getUTCMonth()]}` },
    { name: "week", most: 420, start: (day) => day - ((((day + 3) % 7) + 7) % 7), next: (day) => day + 7, label: (d) => `${d.getUTCDate()} ${MONTHS[d.getUTCMonth()]} ${d.getUTCFullYear()}` },
    { name: "month", most: 366 * 10, start: (day) => Date.UTC(new Date(day * DAY).getUTCFullYear(), new Date(day * DAY).getUTCMonth(), 1) / DAY, next: (day) => Date.UTC(new Date(day * DAY).getUTCFullYear(), new Date(day * DAY).getUTCMonth() + 1, 1) / DAY, label: (d) => `${MONTHS[d.getUTCMonth()]} ${d.getUTCFullYear()}` },
    { name: "year", most: Infinity, start: (day) => Date.UTC(new Date(day * DAY).getUTCFullYear(), 0, 1) / DAY, next: (day) => Date.UTC(new Date(day * DAY).getUTCFullYear() + 1, 0, 1) / DAY, label: (d) => `${d.getUTCFullYear()}` },
  ];
  const windowOf = ({ from, to }) => [from ?? first, Math.max(to ?? last, (from ?? first) + 1)];

  function binsOf([from, to]) {
    const unit = units.find((each) => to - from <= each.most);
    const bins = [];
    for (let day = unit.start(from); day < to; day = unit.next(day)) bins.push({ start: day, end: unit.next(day), events: 0, articles: 0 });
    return [unit, bins];
  }
  function counted(bins, list, kind) {
    list.rows.forEach((row, place) => {
      if (!list.fitting[place] || !row.span) return;
      const middle = (row.span[0] + row.span[1] - 1) / 2;
      if (middle < bins[0].start || middle >= bins.at(-1).end) return;
      let low = 0, high = bins.length - 1;
      while (low < high) { const half = (low + high + 1) >> 1; if (bins[half].start <= middle) low = half; else high = half - 1; }
      bins[low][kind] += 1;
    });
  }

  function drawTime(want) {
    time.replaceChildren();
    ticks.replaceChildren();
    if (!dated.length) return;
    const [from, to] = windowOf(want), [unit, bins] = binsOf([from, to]);
    counted(bins, lists[0], "articles");
    counted(bins, lists[1], "events");
    const highest = Math.max(1, ...bins.map((bin) => bin.events + bin.articles));
    const width = 1000 / bins.length, gap = Math.min(2, width * 0.15), tall = (n) => (138 * n) / highest;
    const every = Math.ceil(bins.length / (ticks.clientWidth > 700 ? 12 : 5));
    bins.forEach((bin, place) => {
      const x = place * width + gap / 2, name = unit.label(new Date(bin.start * DAY));
      const bar = (kind, number, from) => number && time.append(draw("rect", { class: kind, x, width: width - gap, y: 146 - tall(from + number), height: tall(number) }));
      bar("event", bin.events, 0);
      bar("article", bin.articles, bin.events);
      const hit = draw("rect", { class: "hit", x: place * width, width, y: 0, height: 146, "data-from": bin.start, "data-to": bin.end });
      const title = draw("title", {});
      title.textContent = `${name}: ${bin.events} events, ${bin.articles} articles`;
      hit.append(title);
      time.append(hit);
      if (place % every === 0) {
        const tick = make("span", { textContent: unit.label(new Date(bin.start * DAY)) });
        tick.style.left = `${Math.min(97, Math.max(3, ((place + 0.5) * 100) / bins.length))}%`;
        ticks.append(tick);
      }
    });
    time.append(draw("line", { class: "base", x1: 0, x2: 1000, y1: 146.5, y2: 146.5 }));
    byId("time-told").textContent = `${iso(from)} to ${iso(to - 1)}, a bar is a ${unit.name}, the highest ${highest}`;
    byId("earlier").disabled = from <= first;
    byId("later").disabled = to >= last;
    byId("closer").disabled = to - from < 3;
    byId("wider").disabled = from <= first && to >= last;
  }

  function period(from, to) {
    const everything = from <= first && to >= last;
    byId("from").value = everything ? "" : iso(Math.max(from, first));
    byId("to").value = everything ? "" : iso(Math.min(to, last) - 1);
    apply();
  }
  const moved = (shift, scale) => {
    const [from, to] = windowOf(wanted()), length = to - from, middle = from + length / 2 + shift * length;
    const half = Math.max(1, (length * scale) / 2);
    const start = Math.round(Math.min(Math.max(first, middle - half), last - 1));
    period(start, Math.min(last, Math.max(start + 1, Math.round(middle + half))));
  };
  byId("closer").addEventListener("click", () => moved(0, 0.5));
  byId("wider").addEventListener("click", () => moved(0, 2));
  byId("earlier").addEventListener("click", () => moved(-0.5, 1));
  byId("later").addEventListener("click", () => moved(0.5, 1));
  for (const button of all("[data-last]")) {
    button.addEventListener("click", () => { const days = Number(button.dataset.last); period(days ? last - days : first, last); });
  }
  let begun = null;
  const dayAt = (event) => event.target.closest?.(".hit");
  time.addEventListener("pointerdown", (event) => { begun = dayAt(event); });
  time.addEventListener("pointerup", (event) => {
    const ended = dayAt(event);
    if (begun && ended) period(Math.min(begun.dataset.from, ended.dataset.from), Math.max(begun.dataset.to, ended.dataset.to));
    begun = null;
  });

  // The map: circles for places, larger the more articles name them; full ones for events.
  const map = byId("atlas"), spots = all("[data-spot]").map((element, place) => ({ element, place: data.places[place][0], x: data.places[place][1], y: data.places[place][2] }));
  const frame = data.frame;
  let view = [...frame];
  const tally = (rows, matching, keys) => {
    const counts = new Map();
    rows.forEach((row, place) => { if (matching[place]) for (const key of keys(row)) counts.set(key, (counts.get(key) ?? 0) + 1); });
    return counts;
  };

  // Whether a label has its place for itself; then it is taken.
  function clear(box, taken) {
    if (taken.some((other) => box[0] < other[2] && other[0] < box[2] && box[1] < other[3] && other[1] < box[3])) return false;
    return taken.push(box);
  }

  function drawSpots() {
    const zoom = view[2] / frame[2], scale = (frame[2] / Math.max(320, map.clientWidth || 700)) * zoom;
    const named = tally(articles, lists[0].matching, (row) => row.t[PLACES]);
    const happened = tally(events, lists[1].matching, (row) => (row.p < 0 ? [] : [row.p]));
    const most = Math.max(1, ...spots.map((spot) => named.get(spot.place) ?? 0)), mostEvents = Math.max(1, ...happened.values());
    const chosen = byId("f-places")?.value;
    const ranked = spots.map((spot) => ({ ...spot, n: named.get(spot.place) ?? 0, e: happened.get(spot.place) ?? 0 })).sort((a, b) => b.n + b.e - a.n - a.e);
    const taken = ranked.filter(({ n, e }) => n || e).map(({ x, y }) => [x - 5 * scale, y - 5 * scale, x + 5 * scale, y + 5 * scale]);
    for (const { element, place, x, y, n, e } of ranked) {
      const radius = scale * (n ? 4 + 11 * Math.sqrt(n / most) : 3), inner = e ? scale * (2 + 7 * Math.sqrt(e / mostEvents)) : 0;
      const [circle, dot] = all("circle", element), text = element.querySelector("text");
      circle.setAttribute("r", radius.toFixed(2));
      dot.setAttribute("r", inner.toFixed(2));
      element.classList.toggle("none", !n && !e);
      element.classList.toggle("chosen", chosen !== "" && Number(chosen) === place);
      const away = Math.max(radius, inner) + 3 * scale, long = text.textContent.length * 6.6 * scale, high = 7 * scale;
      const sides = [[away, 0, "start", 0], [-away, 0, "end", -long], [0, -away - high / 2, "middle", -long / 2], [0, away + high, "middle", -long / 2]];
      const side = (n || e) && sides.find(([dx, dy, , from]) => clear([x + dx + from, y + dy - high, x + dx + from + long, y + dy + high], taken));
      text.style.fontSize = `${12 * scale}px`;
      text.style.strokeWidth = `${3 * scale}px`;
      text.setAttribute("visibility", side ? "visible" : "hidden");
      if (side) {
        text.setAttribute("x", side[0].toFixed(1));
        text.setAttribute("y", (side[1] + 4 * scale).toFixed(1));
        text.setAttribute("text-anchor", side[2]);
      }
      element.querySelector("title").textContent = `${element.dataset.name}: ${n} ${n === 1 ? "article" : "articles"}, ${e} ${e === 1 ? "event" : "events"}`;
    }
    for (const text of all(".countries text")) {
      const x = Number(text.getAttribute("x")), y = Number(text.getAttribute("y")), half = text.textContent.length * 3.6 * scale;
      text.style.fontSize = `${11 * scale}px`;
      const inside = x - half > view[0] && x + half < view[0] + view[2];
      text.setAttribute("visibility", inside && clear([x - half, y - 9 * scale, x + half, y + 3 * scale], taken) ? "visible" : "hidden");
    }
    const country = byId("f-countries")?.value ? names[COUNTRIES][byId("f-countries").value] : null;
    for (const path of all(".land path")) path.classList.toggle("chosen", path.textContent === country);
  }
  function look(x, y, width) {
    const w = Math.min(frame[2], Math.max(frame[2] / 12, width)), h = (w * frame[3]) / frame[2];
    view = [Math.min(Math.max(x, frame[0]), frame[0] + frame[2] - w), Math.min(Math.max(y, frame[1]), frame[1] + frame[3] - h), w, h];
    map.setAttribute("viewBox", view.join(" "));
    byId("zoom-out").disabled = byId("zoom-all").disabled = w >= frame[2];
    drawSpots();
  }
  const zoomed = (by, x = view[0] + view[2] / 2, y = view[1] + view[3] / 2) => look(x - (x - view[0]) * by, y - (y - view[1]) * by, view[2] * by);
  byId("zoom-in").addEventListener("click", () => zoomed(0.6));
  byId("zoom-out").addEventListener("click", () => zoomed(1 / 0.6));
  byId("zoom-all").addEventListener("click", () => look(...frame));
  map.addEventListener("dblclick", (event) => {
    const area = map.getBoundingClientRect();
    zoomed(0.5, view[0] + ((event.clientX - area.left) / area.width) * view[2], view[1] + ((event.clientY - area.top) / area.height) * view[3]);
  });
  let held = null;
  map.addEventListener("pointerdown", (event) => { held = { x: event.clientX, y: event.clientY, view: [...view], moved: false }; });
  addEventListener("pointermove", (event) => {
    if (!held) return;
    const by = view[2] / map.clientWidth, dx = event.clientX - held.x, dy = event.clientY - held.y;
    if (Math.abs(dx) + Math.abs(dy) > 4) held.moved = true;
    if (held.moved) look(held.view[0] - dx * by, held.view[1] - dy * by, view[2]);
  });
  addEventListener("pointerup", () => setTimeout(() => { held = null; }));
  map.addEventListener("click", (event) => {
    if (held?.moved) return;
    const spot = event.target.closest("[data-spot]"), land = event.target.closest(".land path");
    if (spot) toggle("f-places", names[PLACES].indexOf(spot.dataset.name));
    else if (land) toggle("f-countries", names[COUNTRIES].indexOf(land.textContent));
  });
  function toggle(id, place) {
    if (place < 0) return;
    byId(id).value = byId(id).value === String(place) ? "" : String(place);
    apply();
  }

  byId("filters").addEventListener("change", apply);
  byId("filters").addEventListener("submit", (event) => event.preventDefault());
  byId("filters").addEventListener("reset", () => setTimeout(apply));
  addEventListener("hashchange", () => { recall(); apply(); });
  addEventListener("resize", () => { drawTime(wanted()); drawSpots(); });
  recall();
  apply();
  look(...frame);
}

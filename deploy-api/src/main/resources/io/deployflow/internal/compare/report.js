(() => {
  'use strict';
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const make = (name, attributes = {}, ...children) => {
    const element = document.createElement(name);
    Object.entries(attributes).forEach(([key, value]) => element.setAttribute(key, value));
    element.append(...children);
    return element;
  };
  const drawn = (name, attributes) => {
    const element = document.createElementNS('http://www.w3.org/2000/svg', name);
    Object.entries(attributes).forEach(([key, value]) => element.setAttribute(key, value));
    return element;
  };
  const time = (ms) => ms < 999.5 ? `${Math.round(ms)} ms`
    : ms < 119500 ? `${(ms / 1000).toFixed(ms < 1995 ? 2 : 1)} s`
      : `${Math.floor(Math.round(ms / 1000) / 60)} min ${String(Math.round(ms / 1000) % 60).padStart(2, '0')} s`;

  // --- the data: unpacked when it is first asked for ---------------------------------------------------------------
  let unpacked;
  const text = () => {
    unpacked ??= (async () => {
      const packed = Uint8Array.from(atob(document.getElementById('data').textContent), (c) => c.charCodeAt(0));
      const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream('gzip'));
      return new Response(stream).text();
    })();
    return unpacked;
  };
  let parsed;
  const data = () => (parsed ??= text().then(JSON.parse));

  // --- what the pointer is over, or the arrow keys are at -----------------------------------------------------------
  const tip = document.getElementById('tip');
  const show = (element, x, y) => {
    tip.textContent = element.dataset.tip;
    // What has the focus is read by its own name.
    tip.setAttribute('aria-live', element === document.activeElement ? 'off' : 'polite');
    tip.hidden = false;
    const box = tip.getBoundingClientRect();
    tip.style.left = `${Math.max(4, Math.min(x + 12, innerWidth - box.width - 4))}px`;
    tip.style.top = `${y + 20 + box.height > innerHeight ? y - box.height - 8 : y + 16}px`;
  };
  const hide = () => { tip.hidden = true; };
  document.addEventListener('pointermove', (event) => {
    const over = event.target.closest?.('[data-tip]');
    if (over) show(over, event.clientX, event.clientY); else hide();
  });
  document.addEventListener('pointerdown', (event) => {
    const over = event.target.closest?.('[data-tip]');
    if (over) show(over, event.clientX, event.clientY);
  });
  const leave = (bar) => all('.on', bar).forEach((one) => one.classList.remove('on'));
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') hide();
    const bar = event.target.closest?.('.bar');
    if (!bar || !['ArrowLeft', 'ArrowRight'].includes(event.key)) return;
    event.preventDefault();
    const segments = all('.seg', bar);
    const at = segments.findIndex((one) => one.classList.contains('on'));
    const next = at < 0 ? (event.key === 'ArrowRight' ? 0 : segments.length - 1)
      : Math.min(segments.length - 1, Math.max(0, at + (event.key === 'ArrowRight' ? 1 : -1)));
    leave(bar);
    segments[next].classList.add('on');
    const box = segments[next].getBoundingClientRect();
    show(segments[next], box.left, box.bottom - 12);
  });
  document.addEventListener('focusout', (event) => {
    const bar = event.target.closest?.('.bar');
    if (bar) { leave(bar); hide(); }
  });

  // --- the runs: a chart is one stop of the Tab key, from which other keys go from mark to mark ----------------------
  const marks = '.strip [data-tip]';
  const pointAt = (mark) => {
    const box = mark.getBoundingClientRect();
    show(mark, box.left, box.bottom - 12);
  };
  const moves = {
    ArrowLeft: (at) => Math.max(0, at - 1),
    ArrowRight: (at, last) => Math.min(last, at + 1),
    Home: () => 0,
    End: (at, last) => last,
  };
  document.addEventListener('focusin', (event) => {
    const mark = event.target.closest?.(marks);
    if (!mark) return;
    all('[tabindex="0"]', mark.closest('.strip')).forEach((one) => one.setAttribute('tabindex', '-1'));
    mark.setAttribute('tabindex', '0');
    pointAt(mark);
  });
  document.addEventListener('focusout', (event) => { if (event.target.closest?.(marks)) hide(); });
  document.addEventListener('keydown', (event) => {
    const mark = event.target.closest?.(marks);
    if (!mark || !moves[event.key] || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const row = all('[data-tip]', mark.closest('.strip'));
    row[moves[event.key](row.indexOf(mark), row.length - 1)].focus();
  });
  // The browser brings what has the focus into sight after it has told of that.
  addEventListener('scroll', () => {
    const mark = document.activeElement?.closest(marks);
    if (mark && !tip.hidden && tip.textContent === mark.dataset.tip) pointAt(mark);
  }, { passive: true });

  // --- filters ------------------------------------------------------------------------------------------------------
  const form = document.querySelector('.filters');
  const filter = () => {
    const chosen = new FormData(form);
    const scenarios = chosen.getAll('scenario');
    const places = chosen.getAll('place');
    const sections = all('.scenario');
    sections.forEach((section) => {
      section.hidden = !scenarios.includes(section.dataset.scenario)
        || (chosen.has('failed') && section.dataset.failed !== 'true');
    });
    all('.place').forEach((place) => { place.hidden = !places.includes(place.dataset.place); });
    const shown = sections.filter((section) => !section.hidden).length;
    form.querySelector('output').textContent = shown === sections.length ? '' : `${shown} of ${sections.length} scenarios shown`;
  };
  form.addEventListener('change', filter);
  form.addEventListener('submit', (event) => event.preventDefault());
  filter();

  // --- units --------------------------------------------------------------------------------------------------------
  const ends = ['', ', failed', ', went on'];
  const lanesOf = (report, run) => {
    const columns = run.lanes;
    let next = 0;
    return columns.unit.map((unit, index) => {
      let at = 0;
      const spans = [];
      for (let count = columns.spans[index]; count > 0; count--, next++) {
        const start = at + columns.gap_ms[next];
        at = start + columns.took_ms[next];
        spans.push({ name: report.steps[columns.step[next]], start, took: columns.took_ms[next], end: columns.end[next] });
      }
      return { unit: report.units[unit], release: report.releases[columns.release[index]], replaced: columns.replaced[index] === 1, spans };
    });
  };
  const classOf = (name) => `p-${name.toLowerCase().replace(/[^a-z0-9]+/g, '-')}`;
  const draw = (view, report, run) => {
    const lanes = lanesOf(report, run);
    const length = Math.max(run.wall_ms, 1);
    const rows = document.createDocumentFragment();
    const wide = view.clientWidth - 170; // beside the unit's name
    for (const lane of lanes) {
      const words = lane.spans.map((span) => `${span.name} ${time(span.took)}${ends[span.end]}`).join(', ');
      const picture = drawn('svg', { role: 'img', 'aria-label': `${lane.unit}: ${words || 'nothing known'}` });
      for (const span of lane.spans) {
        const start = Math.max(0, span.start);
        const until = Math.min(length, span.start + span.took);
        if (until < start) continue;
        const rect = drawn('rect', {
          class: span.name === 'serving' ? 'span serving' : `span ${classOf(span.name)}${span.end === 1 ? ' bad' : ''}`,
          x: `${100 * start / length}%`, width: `${Math.max(0.15, 100 * (until - start) / length)}%`,
          y: span.name === 'serving' ? 5 : 0, height: span.name === 'serving' ? 4 : 14,
        });
        rect.dataset.tip = `${lane.unit}: ${span.name} ${time(span.took)}, from ${time(start)}${ends[span.end]}`;
        picture.append(rect);
        const label = `${span.end === 1 ? '\u00d7 ' : ''}${span.name}`;
        if (span.name !== 'serving' && wide * (until - start) / length > 6 * label.length + 8) {
          const text = drawn('text', { x: `${100 * start / length}%`, dx: 4, y: 11 });
          text.textContent = label;
          picture.append(text);
        }
      }
      const name = make('span', { title: lane.unit }, `${lane.unit}${lane.replaced ? ' (old)' : ''}`);
      rows.append(make('div', { class: 'lane' }, name, picture));
    }
    view.replaceChildren(rows);
    const names = [...new Set(lanes.flatMap((lane) => lane.spans.map((span) => span.name)))];
    view.previousElementSibling.querySelector('.legend').replaceChildren(...names.map((name) => {
      const key = make('i', { class: `key ${classOf(name)}` });
      if (name === 'serving') key.style.background = 'var(--half)';
      return make('span', {}, key, name);
    }));
  };
  const open = async (details) => {
    if (details.dataset.drawn) return;
    details.dataset.drawn = 'true';
    const report = await data();
    const runs = report.runs.filter((run) => run.target === Number(details.dataset.target)
      && run.scenario === Number(details.dataset.scenario) && run.lanes.unit.length > 0);
    const good = runs.filter((run) => run.as_expected && run.number > 0).sort((a, b) => a.wall_ms - b.wall_ms);
    const typical = good[Math.floor((good.length - 1) / 2)] ?? runs[0];
    const select = make('select', {}, ...runs.map((run, index) => make('option', { value: index },
      `${run.number === 0 ? 'warm-up' : `run ${run.number}`}: ${time(run.wall_ms)}${run === typical ? ' (the middle one)' : ''}`
      + `${run.as_expected ? '' : ' (failed)'}`)));
    select.value = runs.indexOf(typical);
    const view = make('div', { class: 'view', tabindex: '0' });
    details.append(make('div', { class: 'tools' }, make('label', {}, 'Run ', select), make('span', { class: 'legend' })), view);
    select.addEventListener('change', () => draw(view, report, runs[select.value]));
    draw(view, report, typical);
  };
  all('details.lanes').forEach((details) => details.addEventListener('toggle', () => { if (details.open) open(details); }));

  // --- downloads ----------------------------------------------------------------------------------------------------
  const save = (content, name, type) => {
    const link = make('a', { href: URL.createObjectURL(new Blob([content], { type })), download: name });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  };
  const csv = (report) => {
    const cell = (value) => (/[",\n]/.test(value) ? `"${String(value).replaceAll('"', '""')}"` : value);
    const phases = [...new Set(report.runs.flatMap((run) => run.rows.map((row) => row.name)))];
    const lines = [['target', 'scenario', 'run', 'begun_at', 'wall_ms', 'end', 'as_expected', 'bytes', 'calls', 'requests',
      'failed_requests', ...phases.map((phase) => `${phase}_ms`), 'failure']];
    report.runs.forEach((run) => lines.push([report.targets[run.target].name, report.scenarios[run.scenario].name, run.number,
      run.begun_at, run.wall_ms, run.end, run.as_expected,
      run.rows.reduce((sum, row) => sum + row.bytes, 0), run.rows.reduce((sum, row) => sum + row.calls, 0),
      run.requests, run.failed_requests,
      ...phases.map((phase) => {
        const rows = run.rows.filter((row) => row.name === phase);
        return rows.length ? rows.reduce((sum, row) => sum + row.took_ms, 0) : '';
      }), run.failure]));
    return `${lines.map((line) => line.map(cell).join(',')).join('\n')}\n`;
  };
  all('[data-download]').forEach((button) => button.addEventListener('click', async () => {
    if (button.dataset.download === 'json') save(await text(), 'comparison.json', 'application/json');
    else save(csv(await data()), 'comparison.csv', 'text/csv');
  }));

  // --- paper: numbers instead of what can be hovered ----------------------------------------------------------------
  let opened = [];
  addEventListener('beforeprint', () => {
    opened = all('details.numbers:not([open])');
    opened.forEach((details) => { details.open = true; });
  });
  addEventListener('afterprint', () => opened.forEach((details) => { details.open = false; }));
})();

// What a page may cost, and what it misses of that. Sizes are kilobytes as served (brotli); seconds are those of the network that the
// page's people have: phones 400 kbit/s and 400 ms with a processor four times slower, desks 1.6 Mbit/s and 150 ms.

/** What every page keeps. */
const EVERY = { accessibility: 100, lcp_ms: 2_500, inp_ms: 200, cls: 0.1, tbt_ms: 200 };

/** Budgets by whose page it is. `kb` is what the page loads, `data_kb` what of it are answers of the API, where they count apart. */
export const BUDGETS = {
  customer: { ...EVERY, profile: 'phone', performance: 95, kb: 60, first_s: 3.5, again_s: 1.5 },
  engineer: { ...EVERY, profile: 'phone', performance: 90, kb: 170, data_kb: 60, first_s: 5, again_s: 1 },
  desk: { ...EVERY, profile: 'desk', performance: 90, kb: 400, first_s: 4, again_s: 1 },
  dispatcher: { ...EVERY, profile: 'desk', performance: 80, kb: 450, first_s: 4, again_s: 2 },
  sign_in: { ...EVERY, profile: 'desk', performance: 90, kb: 200, first_s: 4, again_s: 1 },
};

/** Figures that are better when they are higher; of all others less is better. */
const HIGHER = new Set(['performance', 'accessibility']);

/** The names of the figures that miss their budget; a figure that was not taken misses it too. */
export function missed(budget, seen) {
  return Object.entries(budget)
    .filter(([key]) => key !== 'profile')
    .filter(([key, goal]) => !(HIGHER.has(key) ? seen[key] >= goal : seen[key] <= goal))
    .map(([key]) => key);
}

/** The figure in the middle. */
export const middle = (figures) => [...figures].sort((a, b) => a - b)[Math.floor(figures.length / 2)];

/** Of several measurements of one page, each figure's middle. */
export function middleOf(all) {
  return Object.fromEntries(Object.keys(all[0]).map((key) => [key, middle(all.map((one) => one[key]))]));
}

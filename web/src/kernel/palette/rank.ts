/** How well a name fits what is typed. Free of imports, so that it is tested as it stands. */

/** Letters alone: `Müller` is found by `muller`. */
const plain = (text: string): string => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

const isStart = (text: string, at: number): boolean => at === 0 || !/[\p{L}\p{N}]/u.test(text[at - 1] ?? "");

/** Letters in their order, each at the start of a word or right behind the one before: `trb` fits `Trial balance`. */
function skips(text: string, word: string): boolean {
  const from = (at: number, next: number): boolean => {
    if (next === word.length) return true;
    for (let place = at; place < text.length; place++) {
      if (text[place] !== word[next]) continue;
      if ((next > 0 && place === at) || isStart(text, place)) {
        if (from(place + 1, next + 1)) return true;
      }
    }
    return false;
  };
  return from(0, 0);
}

/** Letters in their order from the start of a word on, with no more others between them: `led` fits `Leads`. */
function scattered(text: string, word: string): boolean {
  if (word.length < 3) return false;
  for (let start = 0; start < text.length; start++) {
    if (text[start] !== word[0] || !isStart(text, start)) continue;
    let at = start;
    for (const letter of word) {
      at = text.indexOf(letter, at) + 1;
      if (at === 0) break;
    }
    if (at > 0 && at - start <= 2 * word.length) return true;
  }
  return false;
}

/** Whether `word` is how some word of the text begins, but for one letter that is wrong, missing or too many. */
function slips(text: string, word: string): boolean {
  if (word.length < 5) return false;
  return text.split(/[^\p{L}\p{N}]+/u).some((whole) => {
    let same = 0;
    while (same < word.length && word[same] === whole[same]) same++;
    const [typed, real] = [word.slice(same), whole.slice(same)];
    const [after, behind] = [typed.slice(1), real.slice(1)];
    return behind.startsWith(after) || real.startsWith(after) || behind.startsWith(typed);
  });
}

function wordRank(text: string, word: string): number {
  const at = text.indexOf(word);
  if (at === 0) return text.length === word.length ? 1 : 0.9;
  if (at > 0) return isStart(text, at) ? 0.8 : 0.4;
  if (skips(text, word)) return 0.6;
  return scattered(text, word) || slips(text, word) ? 0.3 : 0;
}

/** 0 where some word of `query` fits nowhere, up to 1 where `label` is what was typed. `about` counts for less. */
export function rank(label: string, about: string, query: string): number {
  const name = plain(label);
  const whole = plain(query).trim();
  if (!whole || name === whole) return 1;
  if (name.startsWith(whole)) return 0.95;
  let sum = 0;
  const words = whole.split(/\s+/);
  for (const word of words) {
    const found = Math.max(wordRank(name, word), wordRank(plain(about), word) / 2);
    if (found === 0) return 0;
    sum += found;
  }
  return (sum / words.length) * 0.9;
}

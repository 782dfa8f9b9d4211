// A company of some size, as CSV files for `nexus import`: 100,000 contacts and 20,000 deals, the same each time.
export const CONTACTS = 100_000;
export const DEALS = 20_000;

const FIRST = ["Amina", "Baraka", "Chloé", "Daniel", "Esther", "Farid", "Grace", "Hamisi", "Imani", "Joseph"];
const LAST = ["Achieng", "Barasa", "Chebet", "Dubois", "Etyang", "Farah", "Gitau", "Hassan", "Irungu", "Juma"];
const GOODS = ["Lanterns", "Kilns", "Pumps", "Seed", "Cement", "Timber", "Tiles", "Cables", "Solar roofs", "Water tanks"];
const STAGES = ["new", "qualified", "proposal", "negotiation", "won", "lost"];
const SOURCES = ["web", "referral", "event", "campaign"];
/** Deals close within a year before and after today. */
const DAYS = 730;

const of = (words, index) => words[index % words.length];
const sixDigits = (index) => String(index).padStart(6, "0");
const emailOf = (index) => `contact${sixDigits(index)}@example.com`;
const csv = (headings, count, row) =>
  [headings, ...Array.from({ length: count }, (_, index) => row(index))].map((cells) => cells.join(",")).join("\n");

const contacts = () =>
  csv(["kind", "name", "email", "phone"], CONTACTS, (index) => {
    const person = index % 3 !== 0;
    const name = person
      ? `${of(FIRST, index)} ${of(LAST, Math.floor(index / 10))} ${sixDigits(index)}`
      : `${of(LAST, index)} ${of(GOODS, Math.floor(index / 10))} ${sixDigits(index)}`;
    return [person ? "person" : "organisation", name, emailOf(index), `+2547${String(index).padStart(8, "0")}`];
  });

const deals = () =>
  csv(["title", "party", "amount", "expected_close", "stage", "source"], DEALS, (index) => {
    const day = new Date(Date.now() + ((index % DAYS) - DAYS / 2) * 86_400_000).toISOString().slice(0, 10);
    // A contact by email: their names have no index of their own.
    const party = emailOf((index * 7919) % CONTACTS);
    const title = `${of(GOODS, index)} ${sixDigits(index)}`;
    return [title, party, ((index % 500) + 1) * 100, day, of(STAGES, Math.floor(index / 3)), of(SOURCES, index)];
  });

/** For `startServer`. */
export const bigCompany = () => [
  { object: "contacts.party", csv: contacts() },
  { object: "crm.deal", csv: deals(), flags: ["--map", "party=party.email"] },
];

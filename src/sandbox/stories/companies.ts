import type { FakeCandidate, FakeEnrichment } from "../fake-findall/candidate.ts";
import type { FakeRunOptions } from "../fake-findall/run.ts";

/** The question most stories ask. Every company, person and page in it is invented. */
export const GREENHOUSE_RUN = {
  objective:
    "Find all European companies that build robots for greenhouses, were founded after 2018 and have paying customers",
  entityType: "companies",
  matchConditions: [
    { name: "greenhouse_robots_check", description: "The company builds robots that work inside greenhouses." },
    { name: "founded_after_2018_check", description: "The company was founded in 2019 or later." },
    { name: "paying_customers_check", description: "At least one grower pays for the product today." },
  ],
  matchLimit: 8,
  generator: "core",
} satisfies Omit<FakeRunOptions, "id" | "now">;

interface Company {
  readonly slug: string;
  readonly name: string;
  readonly description: string;
  readonly founded: string;
  readonly robots: string;
  readonly customers: string;
  /** Name of the condition it fails, when it fails one. */
  readonly fails?: string;
}

const MATCHING: readonly Company[] = [
  {
    slug: "halmstrand",
    name: "Halmstrand Robotics",
    description: "Picks vine tomatoes with a two-armed cart that runs on the heating pipes between the rows.",
    founded: "2019",
    robots: "Harvesting cart for vine tomatoes, in its third hardware generation",
    customers: "Four growers in Skåne and Jutland rent 31 carts",
  },
  {
    slug: "orchideon",
    name: "Orchideon",
    description: "Grades and stakes potted orchids; the gripper holds the stem without touching a leaf.",
    founded: "2020",
    robots: "Staking cell for potted orchids, 1,100 pots an hour",
    customers: "Two nurseries near Aalsmeer, paid per pot",
  },
  {
    slug: "verdelume",
    name: "Verdelume Systems",
    description: "Rail-hung scouts that photograph every leaf at night and count whitefly before a person could.",
    founded: "2021",
    robots: "Overhead scouting robot on the existing spray rail",
    customers: "Annual subscriptions at nine pepper growers",
  },
  {
    slug: "kasvu",
    name: "Kasvu Works",
    description: "Moves seedling trays between tables in Finnish winter greenhouses, around the clock.",
    founded: "2019",
    robots: "Tray shuttle, 60 kg, follows the table edge",
    customers: "Sold 14 shuttles; the largest buyer is a lettuce grower in Närpiö",
  },
  {
    slug: "tres-hojas",
    name: "Tres Hojas",
    description: "Prunes cucumber side shoots with a blade that is disinfected between two plants.",
    founded: "2022",
    robots: "Pruning arm on a self-driving base",
    customers: "Paid pilots in Almería turned into a three-year contract in March",
  },
  {
    slug: "lindqvist-mao",
    name: "Lindqvist & Mao <Plants>",
    description: "Pollinates strawberries with pulses of air; the ampersand and the brackets are part of the name.",
    founded: "2020",
    robots: "Air-pulse pollinator, one aisle in four minutes",
    customers: "Three strawberry growers in Flanders",
  },
  {
    slug: "glasshaus",
    name: "Glasshaus Automation",
    description: "Cleans roofs from the outside and measures how much light that brought back.",
    founded: "2019",
    robots: "Roof-cleaning robot with a light meter under the glass",
    customers: "Service contracts for 120 hectares",
  },
  {
    slug: "petiole",
    name: "Petiole",
    description: "De-leafs tomatoes; the cut is planned from a 3D scan of every single petiole.",
    founded: "2023",
    robots: "De-leafing robot, two cameras and one cutter",
    customers: "First paying grower since January, twelve robots ordered",
  },
  {
    slug: "nordlys",
    name: "Nordlys Agritech",
    description: "Lamps on rails that drive to the plants which got the least sun that day.",
    founded: "2021",
    robots: "Moving lamp robot, 40 m of row each",
    customers: "Six growers in Norway, one in Iceland",
  },
  {
    slug: "brassica",
    name: "Brassica Motion",
    description: "Transplants lettuce plugs into floating rafts without stopping the raft.",
    founded: "2020",
    robots: "Transplanting line for floating rafts",
    customers: "Two raft growers in Brittany",
  },
];

const FAILING: readonly Company[] = [
  {
    slug: "ackerwerk",
    name: "Ackerwerk",
    description: "Weeding robots for open fields.",
    founded: "2021",
    robots: "Works in open fields only",
    customers: "Eleven farms",
    fails: "greenhouse_robots_check",
  },
  {
    slug: "vanderkas",
    name: "Van der Kas Techniek",
    description: "Internal transport for greenhouses since 1974.",
    founded: "1974",
    robots: "Driverless tugs for harvest trolleys",
    customers: "Hundreds of growers",
    fails: "founded_after_2018_check",
  },
  {
    slug: "sproutling",
    name: "Sproutling Labs",
    description: "A research spin-off with a basil-picking arm.",
    founded: "2024",
    robots: "Prototype arm for basil",
    customers: "No customer named anywhere; the site speaks of research partners",
    fails: "paying_customers_check",
  },
  {
    slug: "mielga",
    name: "Mielga Data",
    description: "Climate software for greenhouses.",
    founded: "2020",
    robots: "Software only, no robot",
    customers: "Forty growers",
    fails: "greenhouse_robots_check",
  },
];

/** The `index`-th company that matches, of ten. */
export function matching(index: number): FakeCandidate {
  return candidateOf(MATCHING[index % MATCHING.length] as Company);
}

/** The `index`-th company that fails one condition, of four. */
export function failing(index: number): FakeCandidate {
  return candidateOf(FAILING[index % FAILING.length] as Company);
}

/** The first companies that match, in order. */
export function firstMatching(count: number): FakeCandidate[] {
  return Array.from({ length: count }, (_, index) => matching(index));
}

export function idOfMatching(index: number): string {
  return matching(index).id ?? "";
}

/** A seat of the company, as an enrichment finds it. */
export function headquarters(value: string, slug: string): Readonly<Record<string, FakeEnrichment>> {
  return {
    headquarters: {
      value,
      reasoning: `The imprint gives ${value} as the seat of the company.`,
      confidence: "medium",
      citations: [{ url: `https://www.${slug}.example/imprint`, title: "Imprint", excerpts: [`Seat: ${value}`] }],
    },
  };
}

function candidateOf(company: Company): FakeCandidate {
  const { slug, name, description, founded, robots, customers, fails } = company;
  const site = `https://www.${slug}.example`;
  return {
    id: `candidate_${slug}`,
    name,
    url: site,
    description,
    conditions: {
      greenhouse_robots_check: {
        value: robots,
        isMatched: fails !== "greenhouse_robots_check",
        reasoning: `The product page describes it: ${robots.toLowerCase()}. A trade journal shows the machine at work.`,
        confidence: "high",
        citations: [
          { url: `${site}/product`, title: `${name}: product`, excerpts: [`${robots}.`] },
          { url: `https://glasshouse-journal.example/${slug}`, title: "Glasshouse Journal", excerpts: [description] },
        ],
      },
      founded_after_2018_check: {
        value: founded,
        isMatched: fails !== "founded_after_2018_check",
        reasoning: `The trade register and the company's own history both give ${founded}.`,
        confidence: "high",
        citations: [
          { url: `https://register.example/${slug}`, title: "Trade register", excerpts: [`Entered ${founded}`] },
        ],
      },
      paying_customers_check: {
        value: customers,
        isMatched: fails !== "paying_customers_check",
        reasoning: `${customers}, according to an interview with the founders.`,
        confidence: "medium",
        citations: [{ url: `https://growers-weekly.example/${slug}`, title: null, excerpts: null }],
      },
    },
  };
}

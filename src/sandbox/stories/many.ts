import type { FakeCandidate } from "../fake-findall/candidate.ts";

const FIRST = (
  "Alder Amber Aspen Basalt Birch Cedar Cinder Clover Cobalt Copper Coral Dawn Delta Ember Fern Flint Garnet Harbor " +
  "Hazel Heron Indigo Iris Juniper Kelp Larch Lumen Maple Marlin Moss Nectar Onyx Opal Pine Quartz Reed Sable Sorrel " +
  "Thistle Umber Willow"
).split(" ");

const SECOND = (
  "Analytics Biotech Cargo Compute Dynamics Energy Foods Freight Grid Health Instruments Labs Logistics Materials " +
  "Mobility Networks Optics Power Robotics Security Sensors Signal Software Storage Systems Textiles Tools Water"
).split(" ");

/** Up to 1,120 different invented companies, always the same ones in the same order. */
export function manyCompanies(count: number): FakeCandidate[] {
  return Array.from({ length: count }, (_, index) => company(index));
}

function company(index: number): FakeCandidate {
  const name = `${FIRST[index % FIRST.length]} ${SECOND[Math.floor(index / FIRST.length) % SECOND.length]}`;
  const slug = name.toLowerCase().replace(" ", "-");
  const year = 2019 + (index % 6);
  return {
    id: `candidate_${slug}`,
    name,
    url: `https://www.${slug}.example`,
    description: `${name} sells to ${12 + (index % 80)} customers in ${2 + (index % 9)} countries.`,
    conditions: {
      greenhouse_robots_check: {
        value: `Product line ${(index % 7) + 1} works inside greenhouses`,
        reasoning: "The product page names greenhouses as the place of work.",
      },
      founded_after_2018_check: { value: String(year), reasoning: `The trade register gives ${year}.` },
      paying_customers_check: {
        value: `${1 + (index % 5)} named customers`,
        reasoning: "The customers are quoted by name.",
        confidence: index % 3 === 0 ? "medium" : "high",
      },
    },
  };
}

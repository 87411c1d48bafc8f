/** What the shop sells. Prices in cents. */
export const catalogue = [
  { title: "Linen shirt, white", price: 5900 },
  { title: "Wool scarf, moss", price: 4500 },
  { title: "Leather belt, 95 cm", price: 3950 },
  { title: "Running shoes, 42", price: 11900 },
  { title: "Rain jacket, navy", price: 14900 },
  { title: "Ceramic mug", price: 1450 },
  { title: "Canvas tote bag", price: 2200 },
] as const;

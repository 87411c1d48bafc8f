/** A number with its noun. */
export const count = (value: number, one: string, many: string) => `${value} ${value === 1 ? one : many}`;

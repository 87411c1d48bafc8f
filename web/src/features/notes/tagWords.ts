/** What tags say; loaded with them. */
export const tagWords = {
  name: "Tags",
  add: "Add",
  placeholder: "Add a tag",
  label: "New tag",
  remove: (tag: string) => `Remove the tag ${tag}`,
  removed: (tag: string) => `Tag “${tag}” removed`,
  hint: "Seen by colleagues of all stores, never by customers. Search lists for “tag:” and a tag to find who has it.",
};

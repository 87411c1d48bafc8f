/** What the app says about notes and remarks. Apart from strings.ts, since it is loaded with them only. */
export const words = {
  customer: {
    name: "Notes",
    lead: "For colleagues of this store only.",
    none: "Nothing noted yet.",
    label: "New note",
    placeholder: "What colleagues should know",
    add: "Add note",
    added: "Note added.",
    removed: "Note removed.",
  },
  order: {
    name: "Remarks",
    lead: "For colleagues of this store only.",
    none: "No remarks yet.",
    label: "New remark",
    placeholder: "What colleagues should know",
    add: "Add remark",
    added: "Remark added.",
    removed: "Remark removed.",
  },
  loading: "Loading",
  truncated: "Only the newest 100 are shown.",
  remove: (author: string) => `Remove what ${author} wrote`,
  left: (count: number) => `${count} characters left`,
};

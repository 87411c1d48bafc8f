/** What the app says where a sentence was taken for an opt-out: a part of `strings`. */
export const consentWords = {
  consent: {
    understood: "Asked not to be written to; sending is blocked. If that is a mistake, set it right.",
    understoodElsewhere: (name: string) =>
      `${name} asked in another conversation not to be written to; sending is blocked. They can answer START.`,
    notMeant: "They did not mean it",
    notMeantTitle: "Did they mean something else?",
    notMeantText: (name: string) => `Read what ${name} wrote once more:`,
    notMeantWarning:
      "If there is any doubt, leave it as it is: writing to somebody who asked you not to is against the law in many places. That you decided is written down.",
    setRight: "Allow writing again",
    leaveIt: "Leave it",
    wasSetRight: "Writing is possible again. It is written down that you decided so.",
  },
};

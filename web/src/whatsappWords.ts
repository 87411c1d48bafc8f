import { count } from "./count";

/** What the app says of channels, of WhatsApp's 24 hours and of templates: a part of `strings`. */
export const whatsappWords = {
  channels: { whatsapp: "WhatsApp", email: "E-mail", chat: "Chat" },
  freeWindow: {
    left: (hours: number, minutes: number) =>
      hours === 0
        ? `You can answer freely for ${count(minutes, "more minute", "more minutes")}.`
        : `You can answer freely for another ${hours} h${minutes === 0 ? "" : ` ${minutes} min`}.`,
  },
  templates: {
    label: "Send a template",
    why: (name: string) =>
      `More than 24 hours have passed since ${name} last wrote. WhatsApp now takes approved templates only, until they write again.`,
    choose: "Template",
    option: (name: string, language: string) => `${name} (${language})`,
    placeholder: (number: number) => `Words ${number}`,
    cannotFill: "One line, without braces or more than four spaces in a row.",
    preview: "What the customer reads: ",
    send: "Send template",
    none: "No template is set up for this number. Please ask your manager.",
    loading: "Loading templates",
  },
};

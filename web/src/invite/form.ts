/** The form: a channel, an address, a name if one likes, and the words that are agreed to. */
import { element } from "../chat/elements";
import type { Channel, InvitePage, Typed } from "./api";
import { strings } from "./strings";

const KIND = {
  sms: { type: "tel", autocomplete: "tel", label: strings.number },
  whatsapp: { type: "tel", autocomplete: "tel", label: strings.number },
  email: { type: "email", autocomplete: "email", label: strings.mailbox },
  chat: { type: "text", autocomplete: "off", label: "" },
} as const;

export class Form {
  readonly root: HTMLFormElement;
  private readonly problem = element("p", { class: "problem", role: "alert" });
  private readonly address = element("input", { id: "address", name: "address", required: true, maxlength: "254" });
  private readonly label = element("label", { for: "address" });
  private readonly name = element("input", { id: "name", name: "name", maxlength: "80", autocomplete: "given-name" });
  private readonly agrees = element("input", { type: "checkbox", id: "agrees" });
  private readonly agreement = element("label", { for: "agrees" });
  private readonly button = element("button", { type: "submit", class: "go" }, strings.submit);
  private channel: Channel;

  constructor(
    private readonly page: InvitePage,
    submit: (typed: Typed) => void,
  ) {
    this.channel = page.ways[0]?.channel ?? "sms";
    const optional = element("span", { class: "optional" }, strings.optional);
    this.root = element(
      "form",
      { novalidate: true },
      this.channels(),
      this.label,
      this.address,
      element("label", { for: "name" }, strings.name, " ", optional),
      this.name,
      element("p", { class: "agreement" }, this.agrees, this.agreement),
      this.problem,
      this.button,
    );
    this.root.addEventListener("submit", (event) => {
      event.preventDefault();
      if (!this.agrees.checked) return this.complain(strings.agreeFirst, this.agrees);
      const name = this.name.value.trim();
      const address = this.address.value.trim() || " ";
      submit({ channel: this.channel, address, name: name === "" ? null : name, wording: page.wording });
    });
    this.choose(this.channel);
  }

  busy(isBusy: boolean): void {
    this.button.disabled = isBusy;
    this.button.textContent = isBusy ? strings.submitting : strings.submit;
  }

  /** Says what is wrong, where it is wrong. */
  refused(code: string): void {
    this.busy(false);
    if (code === "invalid_input") return this.complain(strings.errors.invalid_input[this.channel], this.address);
    const known = code in strings.errors ? strings.errors[code as keyof typeof strings.errors] : strings.failedToSend;
    this.complain(typeof known === "string" ? known : strings.failedToSend, this.address);
  }

  private complain(text: string, where: HTMLInputElement): void {
    this.problem.textContent = text;
    where.focus();
  }

  private channels(): HTMLElement {
    const choices = this.page.ways.map(({ channel }) => {
      const radio = element("input", {
        type: "radio",
        name: "channel",
        value: channel,
        checked: channel === this.channel,
      });
      radio.addEventListener("change", () => this.choose(channel));
      return element("label", { class: "way" }, radio, element("span", {}, strings.channels[channel]));
    });
    const legend = element("legend", { class: "visually-hidden" }, strings.channel);
    return element("fieldset", { class: "ways", hidden: choices.length < 2 }, legend, ...choices);
  }

  private choose(channel: Channel): void {
    const before = KIND[this.channel].type;
    this.channel = channel;
    const { type, autocomplete, label } = KIND[channel];
    if (before !== type) this.address.value = "";
    this.address.type = type;
    this.address.setAttribute("autocomplete", autocomplete);
    this.label.textContent = label;
    this.agreement.textContent = this.page.ways.find((way) => way.channel === channel)?.agreement ?? "";
    this.agrees.checked = false;
    this.problem.textContent = "";
  }
}

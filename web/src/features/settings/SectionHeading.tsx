import css from "./SectionHeading.module.css";

/** What a section is called and what it is for. */
export function SectionHeading({ title, children }: { title: string; children: string }) {
  return (
    <header className={css.header}>
      <h2 className={css.title}>{title}</h2>
      <p className={css.lead}>{children}</p>
    </header>
  );
}

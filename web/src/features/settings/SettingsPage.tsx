import { ArrowLeft, ChevronRight, Compass } from "lucide-react";
import { Link } from "wouter";

import type { StoreView } from "../../api/types";
import { paths } from "../../app/paths";
import { EmptyState } from "../../design/EmptyState";
import css from "./SettingsPage.module.css";
import { sections } from "./sections";
import { words } from "./words";

/** The list of sections beside the chosen one (without one: the first); on a phone one at a time. */
export default function SettingsPage({ store, section }: { store: StoreView; section: string | undefined }) {
  const offered = sections.filter((one) => one.isFor?.(store) ?? true);
  const chosen = section === undefined ? offered[0] : offered.find((one) => one.id === section);
  return (
    <div className={css.page} data-view={section === undefined ? "list" : "section"}>
      <nav className={css.nav} aria-label={words.sections}>
        <h1 className={css.heading}>{words.heading}</h1>
        <ul className={css.list}>
          {offered.map((one) => (
            <li key={one.id}>
              <Link
                href={paths.settings(store.id, one.id)}
                className={css.link}
                aria-current={one === chosen ? "page" : undefined}
              >
                {one.name}
                <ChevronRight size={16} aria-hidden="true" className={css.arrow} />
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- focus lets the keyboard scroll it */}
      <section className={css.section} aria-label={chosen?.name ?? words.none} key={chosen?.id} tabIndex={0}>
        <Link href={paths.settings(store.id)} className={css.back}>
          <ArrowLeft size={16} aria-hidden="true" />
          {words.heading}
        </Link>
        <h1 className={css.title}>{words.heading}</h1>
        {chosen ? (
          <chosen.Page store={store} />
        ) : (
          <EmptyState icon={<Compass size={24} />} title={words.none}>
            {words.noneText}
          </EmptyState>
        )}
      </section>
    </div>
  );
}

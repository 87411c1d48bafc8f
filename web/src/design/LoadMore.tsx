import { useEffect, useEffectEvent, useRef } from "react";

import { Button } from "./Button";
import css from "./LoadMore.module.css";

interface LoadMoreProps {
  label: string;
  hasMore: boolean;
  isLoading: boolean;
  load: () => void;
}

/** The end of a list that has more: loads when it comes into view, or by the button. */
export function LoadMore({ label, hasMore, isLoading, load }: LoadMoreProps) {
  const place = useRef<HTMLDivElement>(null);
  const seen = useEffectEvent(() => {
    if (!isLoading) load();
  });
  useEffect(() => {
    if (!hasMore || !place.current) return;
    const observer = new IntersectionObserver((entries) => entries.some((entry) => entry.isIntersecting) && seen(), {
      rootMargin: "200px",
    });
    observer.observe(place.current);
    return () => observer.disconnect();
  }, [hasMore]);
  if (!hasMore) return null;
  return (
    <div ref={place} className={css.place}>
      <Button size="small" variant="quiet" isPending={isLoading} onPress={load}>
        {label}
      </Button>
    </div>
  );
}

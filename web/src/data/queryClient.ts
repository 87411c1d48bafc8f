import { QueryClient, type InvalidateOptions, type InvalidateQueryFilters, type Query } from "@tanstack/react-query";

/** As the library's, except that a change is not forgotten which happens while something loads for the first time. */
export class ChangingQueries extends QueryClient {
  private readonly loadingAgain = new Set<string>();

  override invalidateQueries(filters?: InvalidateQueryFilters, options?: InvalidateOptions): Promise<void> {
    const loading = this.getQueryCache().findAll({ ...filters, fetchStatus: "fetching" });
    for (const query of loading) if (query.state.data === undefined) this.loadAgain(query);
    return super.invalidateQueries(filters, options);
  }

  /** What a first load answers may have been read before the change, and the library would take that answer for new. */
  private loadAgain(query: Query): void {
    if (this.loadingAgain.has(query.queryHash)) return;
    this.loadingAgain.add(query.queryHash);
    const loaded = () => {
      this.loadingAgain.delete(query.queryHash);
      void super.invalidateQueries({ queryKey: query.queryKey, exact: true });
    };
    query.promise?.then(loaded, () => this.loadingAgain.delete(query.queryHash));
  }
}

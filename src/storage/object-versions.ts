/**
 * The older versions that a store keeps of its objects, so that what was overwritten or deleted by mistake can come
 * back.
 */
export interface ObjectVersions {
  /**
   * Deletes the versions of an object for good, all or all but the newest, and what marks the object as deleted. The
   * newest goes last, so that an object whose deletion was cut short is still there to be found.
   *
   * @throws StoreError
   */
  deleteVersions(key: string, options: { readonly keepNewest: boolean }): Promise<void>;
}

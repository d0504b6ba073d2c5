import { type ObjectStore, StoreError } from '../../src/storage/object-store.ts';

/** The store, but every object whose key `fails` approves of cannot be put, read or looked up. */
export function failingStore(store: ObjectStore, fails: (key: string) => boolean): ObjectStore {
  const check = (action: string, key: string) => {
    if (fails(key)) throw new StoreError(action, key, new Error('out of order'));
  };
  return {
    async putObject(key, body, options) {
      check('store', key);
      return store.putObject(key, body, options);
    },
    async getObject(key) {
      check('read', key);
      return store.getObject(key);
    },
    async headObject(key) {
      check('look up', key);
      return store.headObject(key);
    },
    listObjects: (prefix) => store.listObjects(prefix),
    listFolders: (prefix) => store.listFolders(prefix),
    deleteObject: (key) => store.deleteObject(key),
  };
}

// Loaded by every page, which works without it.
export {};

// Package notify plans, sends and accounts for every reminder and push.
//
// The ledger in the store is the truth: one entry an occurrence, with its trail. A
// push is only a wake-up. Any number of instances may run over one store: an entry
// is claimed by a version-checked replace with a lease, so that one that dies loses
// its lease and not the work.
//
// What lives here: the people's rules and choices, the due queue, devices,
// addresses, receipts, and the interface that a channel fulfils. The channels
// themselves are folders of their own (fcm, webpush, mail, sms). What must not live
// here: HTTP routes, and any content. What leaves is a Payload, which can't hold
// any, and a text of the allow-list in package texts.
package notify

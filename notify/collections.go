package notify

import (
	"handrail/store"
	"handrail/store/aside"
)

// The collections of this package.
const (
	colDue     = "notify_due"
	colPeople  = "notify_people"
	colDevices = "notify_devices"
	colSite    = "notify_site"
	colAside   = "notify_aside"
	colNumbers = "notify_numbers"
	colHolds   = "notify_claims"
)

// The indexes of colDue. An entry has the key nextAt only while somebody must look
// at it again (it is due, its lease ends, it waits for a receipt), so the index
// holds the work that is left and nothing else.
const (
	ixNext    = "next"    // shard, nextAt
	ixAccount = "account" // accountId, dueAt: when it lies in the inbox; at most heldBack before its sound
	ixDead    = "dead"    // deadAt: dead letters only
	ixEnded   = "ended"   // endedAt: for pruning
)

// The indexes of the others.
const (
	ixRoll    = "roll"    // shard, rollAt: when a person is planned again
	ixPhone   = "phone"   // phoneHash: who answered STOP
	ixMailAsk = "mailask" // mailAskId: who gave an address that was asked whether it is theirs
	ixSMSAsk  = "smsask"  // smsAskId: the same of a number
	ixToken   = "token"   // tokenHash with the account, unique
	ixDevices = "account" // accountId, seenAt
	ixSeen    = "seen"    // seenAt: stale ones
)

// ixAsked finds whom a message asked, by channel.
var ixAsked = map[string]string{ChannelEmail: ixMailAsk, ChannelSMS: ixSMSAsk}

// Collections declares what this package keeps. The program opens its store with
// them.
func Collections() []store.Collection {
	index := func(name string, keys ...string) store.Index { return store.Index{Name: name, Keys: keys} }
	few := func(name string, keys ...string) store.Index {
		return store.Index{Name: name, Keys: keys, Sparse: true}
	}
	return []store.Collection{
		{Name: colDue, Indexes: []store.Index{few(ixNext, "shard", "nextAt"), index(ixAccount, "accountId", "dueAt"),
			few(ixDead, "deadAt"), few(ixEnded, "endedAt")}},
		{Name: colPeople, Indexes: []store.Index{index(ixRoll, "shard", "rollAt"), few(ixPhone, "phoneHash"),
			few(ixMailAsk, "mailAskId"), few(ixSMSAsk, "smsAskId")}},
		{Name: colDevices, Indexes: []store.Index{{Name: ixToken, Keys: []string{"tokenHash"}, Unique: true},
			index(ixDevices, "accountId", "seenAt"), index(ixSeen, "seenAt")}},
		{Name: colSite}, {Name: colNumbers}, {Name: colHolds}, aside.Collection(colAside),
	}
}

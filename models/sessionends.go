package models

import "slices"

// Why a session ended (Session.EndedWhy).
const (
	EndSignedOut      = "signed-out"        // by its owner, on this device
	EndByOwner        = "ended-by-owner"    // by its owner, from another device
	EndReportedLost   = "reported-lost"     // at the office: the device is lost or stolen
	EndGivenBack      = "given-back"        // at the office: a lent device came back
	EndSharedDevice   = "shared-device"     // a device that others use too
	EndErased         = "person-erased"     // the person's record was erased
	EndReused         = "refresh-reused"    // an old refresh token came back: two parties hold it
	EndByProvider     = "ended-by-provider" // the hospital's sign-in ended it (back-channel logout)
	EndRoleChanged    = "role-changed"      // the account has another role now
	EndSuspended      = "account-suspended" // the account may not sign in for now
	endErasedFormerly = "erased"            // EndErased as older stores have it
)

// CodeNewProof is the code of a 401 that asks a device to send the same request again
// with a new proof (RFC 9449, section 9). Nobody is signed out by it.
const CodeNewProof = "use-dpop-nonce"

// wipingEnds are the ends that mean the device and not only the session: it must
// forget the person. Every other end leaves a patient's crisis plan where it is.
var wipingEnds = []string{EndByOwner, EndReportedLost, EndGivenBack, EndSharedDevice, EndErased}

// WipesDevice tells whether a session that ended so leaves nothing on its device,
// and by which word the device is told (a stable code of a problem).
func WipesDevice(endedWhy string) (word string, wipes bool) {
	switch endedWhy {
	case EndSignedOut:
		return EndByOwner, true // its owner did it, on the device itself
	case endErasedFormerly:
		return EndErased, true
	}
	return endedWhy, slices.Contains(wipingEnds, endedWhy)
}

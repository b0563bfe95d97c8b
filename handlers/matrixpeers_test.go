package handlers_test

import (
	"maps"
	"testing"

	"handrail/care"
	"handrail/handlers/edge"
	"handrail/models/peer"
)

// peerVisits says how the operations of peers and contracts are called.
func (c *clinic) peerVisits(t testing.TB, into map[string]visit, path map[string]string, operationID string) {
	t.Helper()
	id := care.NewID()
	profile := c.profile(t)
	version := int64(1)
	switch operationID {
	case "askPeer":
		c.noMatch(t)
	case "endPeer", "answerPeerMatch", "endPeerMatch":
		id = c.match(t)
	case "readContract", "changeContract", "endContract", "answerContract", "endMyContract":
		id, version = c.contract(t)
	case "writeContract":
		c.noContract(t)
	}
	match, mine := map[string]string{"patientId": path["patientId"], "matchId": id}, map[string]string{"matchId": id}
	at, held := map[string]string{"patientId": path["patientId"], "contractId": id}, map[string]string{"contractId": id}
	terms := map[string]any{"ask": []string{"Call me on Fridays."}, "mayAsk": []string{}, "never": []string{}, "often": "weekly"}
	written := maps.Clone(terms)
	written["id"], written["partnerId"] = care.NewID(), c.supporter.AccountID
	maps.Copy(into, map[string]visit{
		"readPeers": {path: path}, "setPeerWish": {path: path, body: map[string]any{"language": "en", "shares": []string{"alcohol"}, "hours": []string{}}},
		"askPeer": {path: path, body: map[string]any{"id": care.NewID(), "peerId": c.peer.AccountID, "words": "I like walks."}}, "endPeer": {path: match},
		"readPeerProfile": {}, "listMyPeerMatches": {}, "answerPeerMatch": {path: mine, body: map[string]any{"yes": true}}, "endPeerMatch": {path: mine},
		"setPeerProfile": {header: map[string]string{"If-Match": edge.ETag(profile.Version)}, body: map[string]any{"open": true, "languages": []string{"en"}, "shares": []string{"alcohol"}, "hours": []string{}, "places": 50}},
		"listContracts":  {path: path}, "writeContract": {path: path, body: written}, "readContract": {path: at}, "endContract": {path: at},
		"changeContract": {path: at, header: map[string]string{"If-Match": edge.ETag(version)}, body: terms}, "listMyContracts": {},
		"answerContract": {path: held, body: map[string]any{"number": 1, "yes": true}}, "endMyContract": {path: held},
	})
}

// profile is the peer's, who can be asked.
func (c *clinic) profile(t testing.TB) care.Versioned[peer.Profile] {
	t.Helper()
	profile, err := c.Care.Peer.Profile(t.Context(), c.peer)
	if err == nil && !profile.Value.Open {
		profile, err = c.Care.Peer.SetProfile(t.Context(), c.peer, profile.Version, peer.ProfileTerms{Open: true, Languages: []string{"en"}, Shares: []string{"alcohol"}, Places: 50})
	}
	if err != nil {
		t.Fatal(err)
	}
	return profile
}

// beside has one more patient go with the peer and hold them to a contract, and the
// patient ask their supporter anew.
func (c *clinic) beside(t testing.TB) {
	t.Helper()
	c.profile(t)
	other, id := c.Patient(), care.NewID()
	own := c.Chart(other, other.PatientID).Peer
	_, err := own.Ask(t.Context(), id, c.peer.AccountID, "")
	if err == nil {
		_, err = c.Care.Peer.Answer(t.Context(), c.peer, id, true)
	}
	words := peer.Terms{Ask: []string{"Call me."}, Often: "weekly"}
	if err == nil {
		_, err = own.Write(t.Context(), care.NewID(), c.peer.AccountID, words)
	}
	c.noContract(t)
	if err == nil {
		_, err = c.Chart(c.patient, c.patient.PatientID).Peer.Write(t.Context(), care.NewID(), c.supporter.AccountID, words)
	}
	if err != nil {
		t.Fatal(err)
	}
}

func (c *clinic) noMatch(t testing.TB) {
	t.Helper()
	p, err := c.Chart(c.patient, c.patient.PatientID).Peer.Page(t.Context())
	for _, m := range p.Matches {
		if err == nil && m.Open() {
			_, err = c.Chart(c.patient, c.patient.PatientID).Peer.End(t.Context(), m.ID)
		}
	}
	if err != nil {
		t.Fatal(err)
	}
}

func (c *clinic) match(t testing.TB) string {
	t.Helper()
	p, err := c.Chart(c.patient, c.patient.PatientID).Peer.Page(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range p.Matches {
		if m.Status == peer.Asked {
			return m.ID
		}
	}
	c.noMatch(t)
	id := care.NewID()
	if _, err := c.Chart(c.patient, c.patient.PatientID).Peer.Ask(t.Context(), id, c.peer.AccountID, ""); err != nil {
		t.Fatal(err)
	}
	return id
}

func (c *clinic) noContract(t testing.TB) {
	t.Helper()
	all, err := c.Chart(c.patient, c.patient.PatientID).Peer.Contracts(t.Context())
	for _, v := range all {
		if err == nil && v.Value.Open() {
			_, err = c.Chart(c.patient, c.patient.PatientID).Peer.EndContract(t.Context(), v.Value.ID)
		}
	}
	if err != nil {
		t.Fatal(err)
	}
}

func (c *clinic) contract(t testing.TB) (id string, version int64) {
	t.Helper()
	all, err := c.Chart(c.patient, c.patient.PatientID).Peer.Contracts(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, v := range all {
		if v.Value.Status == peer.Asked && v.Value.Number == 1 {
			return v.Value.ID, v.Version
		}
	}
	c.noContract(t)
	v, err := c.Chart(c.patient, c.patient.PatientID).Peer.Write(t.Context(), care.NewID(), c.supporter.AccountID, peer.Terms{Ask: []string{"Call me on Mondays."}, Often: "weekly"})
	if err != nil {
		t.Fatal(err)
	}
	return v.Value.ID, v.Version
}

package schedule

// PerDayLedgers are the ledgers in which VisitType.PerDay is counted for a
// clinician's part that begins at an instant: those of the UTC days that their
// date lies in. A booking of such a type replaces them all at the versions that it
// read, so that two bookings of one date can't both be the last.
func (p *Candidate) PerDayLedgers(start int64) []LedgerKey {
	home := p.home()
	return Ledgers(Claim{Who: p.ID, Span: home.DaySpan(home.Day(start))})
}

package schedule

// PerDayLedgers are the ledgers that VisitType.PerDay counts in for a clinician's
// part that begins at an instant: those of the UTC days that their date lies in,
// and the day before, where a claim with a long way may begin. A booking of such a
// type replaces them all at the versions that it read, so that two bookings of one
// date can't both be the last.
func (p *Person) PerDayLedgers(start int64) []LedgerKey {
	home := p.home()
	date := home.DaySpan(home.Day(start))
	return Ledgers(Claim{Who: p.ID, Span: Span{date.From - (MaxBuffer+MaxTravelTime)*60, date.To}})
}

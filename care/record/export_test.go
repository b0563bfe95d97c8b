package record

// SetMaxSeries sets how many check-ins a trend reads, and gives the number before.
func SetMaxSeries(n int) int {
	old := maxSeriesCheckIns
	maxSeriesCheckIns = n
	return old
}

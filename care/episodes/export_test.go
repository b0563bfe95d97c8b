package episodes

// DayAfter is dayAfter, for the tests.
var DayAfter = dayAfter

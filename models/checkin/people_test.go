package checkin

import "time"

const patientA = "pa"

var accessNow = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

package chart

import "context"

// InterpreterVisits tells in whose visits an interpreter is booked: all that opens a chart
// to them. The visits implement it.
type InterpreterVisits interface {
	// Interprets tells whether an account is booked into a visit of a patient that is not
	// over.
	Interprets(ctx context.Context, accountID, patientID string) (bool, error)
	// InterpreterCharts are the patients in whose visits an account interprets.
	InterpreterCharts(ctx context.Context, accountID string) ([]string, error)
}

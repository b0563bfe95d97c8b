package mongo

import (
	"context"
	"errors"
	"fmt"

	"handrail/store"

	"go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/x/mongo/driver/topology"
)

// mapError gives err its name in package store. The server's own texts quote values
// ("dup key: { k_name: ... }"), so only codes are passed on.
func mapError(ctx context.Context, err error) error {
	if err == nil {
		return nil
	}
	if ctx.Err() != nil && (errors.Is(err, ctx.Err()) || mongo.IsTimeout(err) || mongo.IsNetworkError(err)) {
		return ctx.Err()
	}
	var selection topology.ServerSelectionError
	switch {
	case mongo.IsDuplicateKeyError(err):
		return store.ErrExists
	case errors.Is(err, mongo.ErrNoDocuments):
		return store.ErrNotFound
	case errors.Is(err, mongo.ErrClientDisconnected):
		return fmt.Errorf("%w: it is closed", store.ErrUnavailable)
	case errors.As(err, &selection):
		return fmt.Errorf("%w: no server can be reached", store.ErrUnavailable)
	case mongo.IsTimeout(err), mongo.IsNetworkError(err), errors.Is(err, context.DeadlineExceeded), errors.Is(err, context.Canceled):
		return fmt.Errorf("%w: no answer in time, or the connection broke", store.ErrUnavailable)
	}
	return mapServerError(err)
}

// passing are the codes of a server that is changing its primary, shutting down or
// short of something.
var passing = []int{6, 7, 89, 91, 133, 189, 262, 9001, 10107, 11600, 11602, 13435, 13436, 14031}

func mapServerError(err error) error {
	var server mongo.ServerError
	if !errors.As(err, &server) {
		return err
	}
	for _, label := range []string{"TransientTransactionError", "UnknownTransactionCommitResult", "RetryableWriteError"} {
		if server.HasErrorLabel(label) {
			return fmt.Errorf("%w: %s, codes %v", store.ErrUnavailable, label, server.ErrorCodes())
		}
	}
	for _, code := range passing {
		if server.HasErrorCode(code) {
			return fmt.Errorf("%w: code %d", store.ErrUnavailable, code)
		}
	}
	if write, ok := errors.AsType[mongo.WriteException](err); ok && write.WriteConcernError != nil {
		return fmt.Errorf("%w: the write concern was not met, code %d", store.ErrUnavailable, write.WriteConcernError.Code)
	}
	return fmt.Errorf("mongo: the server refused with codes %v", server.ErrorCodes())
}

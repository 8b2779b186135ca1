package clients

import (
	"context"

	abstractions "github.com/microsoft/kiota-abstractions-go"
	"github.com/microsoft/kiota-abstractions-go/serialization"
	kiotajson "github.com/microsoft/kiota-serialization-json-go"
	core "github.com/microsoftgraph/msgraph-sdk-go-core"
)

// As much of the request builders that msgraph-sdk-go generates as the tests use, with its URL
// templates.

// The SDK's client registers the same for JSON, and leaves the errors of batches and pages to the program.
func init() {
	abstractions.RegisterDefaultSerializer(func() serialization.SerializationWriterFactory {
		return kiotajson.NewJsonSerializationWriterFactory()
	})
	abstractions.RegisterDefaultDeserializer(func() serialization.ParseNodeFactory {
		return kiotajson.NewJsonParseNodeFactory()
	})
	core.RegisterError(core.BatchRequestErrorRegistryKey, errorMappings)
	core.RegisterError(core.PageIteratorErrorRegistryKey, errorMappings)
}

type ids = map[string]string

func users(graph abstractions.RequestAdapter) collection[User, *User] {
	return collection[User, *User]{builder{graph, "{+baseurl}/users{?%24filter,%24select,%24top}", ids{}}}
}

func user(graph abstractions.RequestAdapter, id string) item[User, *User] {
	return item[User, *User]{builder{graph, "{+baseurl}/users/{user%2Did}{?%24expand,%24select}", ids{"user%2Did": id}}}
}

// The SDK writes this id for /me, and a handler of its own puts that in its place.
func me(graph abstractions.RequestAdapter) item[User, *User] {
	return user(graph, "me-token-to-replace")
}

func photo(graph abstractions.RequestAdapter, userID string) content {
	return content{builder{graph, "{+baseurl}/users/{user%2Did}/photo/$value", ids{"user%2Did": userID}}}
}

func events(graph abstractions.RequestAdapter, userID string) collection[Event, *Event] {
	return collection[Event, *Event]{builder{graph,
		"{+baseurl}/users/{user%2Did}/events{?%24filter,%24select,%24top}", ids{"user%2Did": userID}}}
}

func event(graph abstractions.RequestAdapter, userID, id string) item[Event, *Event] {
	return item[Event, *Event]{builder{graph, "{+baseurl}/users/{user%2Did}/events/{event%2Did}{?%24select}",
		ids{"user%2Did": userID, "event%2Did": id}}}
}

func members(graph abstractions.RequestAdapter, groupID string) collection[User, *User] {
	return collection[User, *User]{builder{graph, "{+baseurl}/groups/{group%2Did}/members{?%24select,%24top}",
		ids{"group%2Did": groupID}}}
}

func memberRefs(graph abstractions.RequestAdapter, groupID string) collection[ReferenceCreate, *ReferenceCreate] {
	return collection[ReferenceCreate, *ReferenceCreate]{builder{graph,
		"{+baseurl}/groups/{group%2Did}/members/$ref", ids{"group%2Did": groupID}}}
}

func memberRef(graph abstractions.RequestAdapter, groupID, id string) item[ReferenceCreate, *ReferenceCreate] {
	return item[ReferenceCreate, *ReferenceCreate]{builder{graph,
		"{+baseurl}/groups/{group%2Did}/members/{directoryObject%2Did}/$ref",
		ids{"group%2Did": groupID, "directoryObject%2Did": id}}}
}

type count = CredentialUserRegistrationCount

func registrationCount(graph abstractions.RequestAdapter, id string) item[count, *count] {
	return item[count, *count]{builder{graph,
		"{+baseurl}/reports/credentialUserRegistrationCounts/{credentialUserRegistrationCount%2Did}",
		ids{"credentialUserRegistrationCount%2Did": id}}}
}

type (
	collection[T any, M model[T]] struct{ builder }
	item[T any, M model[T]]       struct{ builder }
	content                       struct{ builder }

	option func(*abstractions.RequestInformation)
)

func query(name, value string) option {
	return func(request *abstractions.RequestInformation) { request.QueryParameters["%24"+name] = value }
}

func header(name, value string) option {
	return func(request *abstractions.RequestInformation) { request.Headers.Add(name, value) }
}

func (c collection[T, M]) Get(ctx context.Context, options ...option) (*Page[T, M], error) {
	return send[Page[T, M]](ctx, c.graph, c.request(abstractions.GET, options...))
}

func (c collection[T, M]) Post(ctx context.Context, body M, options ...option) (M, error) {
	return send[T, M](ctx, c.graph, c.requestWith(ctx, abstractions.POST, body, options...))
}

func (i item[T, M]) Get(ctx context.Context, options ...option) (M, error) {
	return send[T, M](ctx, i.graph, i.request(abstractions.GET, options...))
}

func (i item[T, M]) Patch(ctx context.Context, body M, options ...option) (M, error) {
	return send[T, M](ctx, i.graph, i.requestWith(ctx, abstractions.PATCH, body, options...))
}

func (i item[T, M]) Delete(ctx context.Context, options ...option) error {
	return i.graph.SendNoContent(ctx, i.request(abstractions.DELETE, options...), errorMappings)
}

func (c content) Get(ctx context.Context) ([]byte, error) {
	bytes, err := c.graph.SendPrimitive(ctx, c.request(abstractions.GET), "[]byte", errorMappings)
	if bytes == nil {
		return nil, err
	}
	return bytes.([]byte), err
}

func (c content) Put(ctx context.Context, bytes []byte, mediaType string) error {
	request := c.request(abstractions.PUT)
	request.SetStreamContentAndContentType(bytes, mediaType)
	_, err := c.graph.SendPrimitive(ctx, request, "[]byte", errorMappings)
	return err
}

type builder struct {
	graph    abstractions.RequestAdapter
	template string
	ids      ids
}

func (b builder) request(method abstractions.HttpMethod, options ...option) *abstractions.RequestInformation {
	request := abstractions.NewRequestInformationWithMethodAndUrlTemplateAndPathParameters(method, b.template, b.ids)
	request.Headers.TryAdd("Accept", "application/json")
	for _, set := range options {
		set(request)
	}
	return request
}

func (b builder) requestWith(ctx context.Context, method abstractions.HttpMethod, body serialization.Parsable,
	options ...option) *abstractions.RequestInformation {
	request := b.request(method, options...)
	if err := request.SetContentFromParsable(ctx, b.graph, "application/json", body); err != nil {
		panic(err) // a mistake in a model
	}
	return request
}

var errorMappings = abstractions.ErrorMappings{"4XX": create[ODataError], "5XX": create[ODataError]}

func send[T any, M model[T]](ctx context.Context, graph abstractions.RequestAdapter,
	request *abstractions.RequestInformation) (M, error) {
	answer, err := graph.Send(ctx, request, create[T, M], errorMappings)
	if answer == nil {
		return nil, err
	}
	return answer.(M), err
}

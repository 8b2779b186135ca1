package clients

import (
	"cmp"
	"os"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/cloud"
	"github.com/Azure/azure-sdk-for-go/sdk/azidentity"
	core "github.com/microsoftgraph/msgraph-sdk-go-core"
	"github.com/microsoftgraph/msgraph-sdk-go-core/authentication"
)

var server = cmp.Or(os.Getenv("GRAPHMOCK_URL"), "https://localhost:8443")
var authority = azcore.ClientOptions{Cloud: cloud.Configuration{ActiveDirectoryAuthorityHost: server}}

func application(tenant string) (azcore.TokenCredential, error) {
	return azidentity.NewClientSecretCredential(tenant, "my-app", "any secret", &azidentity.ClientSecretCredentialOptions{
		ClientOptions:            authority, // graphmock in place of login.microsoftonline.com,
		DisableInstanceDiscovery: true,      // which would be asked whether it knows graphmock
	})
}

// connect makes what msgraphsdk.NewGraphServiceClient takes.
func connect(credential azcore.TokenCredential) (*core.GraphRequestAdapterBase, error) {
	provider, err := authentication.NewAzureIdentityAuthenticationProviderWithScopesAndValidHosts(credential,
		[]string{"https://graph.microsoft.com/.default"}, []string{"localhost"}) // tokens are sent to no other host
	if err != nil {
		return nil, err
	}
	adapter, err := core.NewGraphRequestAdapterBase(provider, core.GraphClientOptions{})
	if err == nil {
		adapter.SetBaseUrl(server + "/v1.0") // in place of https://graph.microsoft.com/v1.0
	}
	return adapter, err
}

import com.azure.core.credential.TokenCredential;
import com.azure.identity.ClientSecretCredentialBuilder;
import com.microsoft.graph.core.authentication.AzureIdentityAuthenticationProvider;
import com.microsoft.graph.serviceclient.GraphServiceClient;

final class Connect {
    static final String SERVER = System.getenv().getOrDefault("GRAPHMOCK_URL", "https://localhost:8443");

    static TokenCredential application(String tenant) {
        return new ClientSecretCredentialBuilder()
                .tenantId(tenant)
                .clientId("my-app")
                .clientSecret("any secret")
                .authorityHost(SERVER) // graphmock in place of login.microsoftonline.com,
                .disableInstanceDiscovery() // which would be asked whether it knows graphmock
                .build();
    }

    static GraphServiceClient graph(TokenCredential credential) {
        var hosts = new String[] {"localhost"}; // tokens are sent to no other
        var provider = new AzureIdentityAuthenticationProvider(
                credential, hosts, "https://graph.microsoft.com/.default");
        var graph = new GraphServiceClient(provider);
        graph.getRequestAdapter().setBaseUrl(SERVER + "/v1.0"); // in place of https://graph.microsoft.com/v1.0
        return graph;
    }
}

import { pageHeaders } from "@gatehouse/web/headers";
import { Duration } from "aws-cdk-lib";
import {
  HeadersFrameOption,
  HeadersReferrerPolicy,
  ResponseHeadersPolicy,
  type ResponseSecurityHeadersBehavior,
} from "aws-cdk-lib/aws-cloudfront";
import { type StackContext, StaticSite, use } from "sst/constructs";
import { Api } from "./api.ts";
import { settingsOf } from "./stage.ts";

/** The account pages on CloudFront: files whose names change with their content, and one document for every path. */
export function Web({ app, stack }: StackContext) {
  const { pages, functionSettings } = settingsOf(app.stage);
  if (!pages) throw new Error(`The stage ${app.stage} asks for no pages`);
  const { url: apiUrl } = use(Api);

  const headers = new ResponseHeadersPolicy(stack, "Headers", headersOf(pageHeaders({ apiUrl })));
  const site = new StaticSite(stack, "Pages", {
    path: "packages/web",
    buildCommand: "npm run build",
    buildOutput: "dist/site",
    // What is known only once the API is there, SST puts into index.html when it deploys: that is where the pages read it.
    environment: {
      VITE_API_URL: apiUrl,
      VITE_TRANSPORT: pages.transport,
      VITE_APP_NAME: functionSettings["APP_NAME"] ?? "Gatehouse",
    },
    // A path of the pages is no file.
    errorPage: "redirect_to_index_page",
    assets: { fileOptions: [{ files: "assets/**", cacheControl: "max-age=31536000,public,immutable" }] },
    // SST writes it among the sources otherwise.
    vite: { types: "dist/sst-env.d.ts" },
    dev: { url: "http://localhost:5173" },
    cdk: { distribution: { defaultBehavior: { responseHeadersPolicy: headers } } },
  });

  // The stage's appUrl, and one of its allowedOrigins, once it is known.
  stack.addOutputs({ WebUrl: site.url, WebTransport: pages.transport });
  return { site };
}

/** CloudFront has fields of its own for what it counts as security, and takes these by no other (its guide, "Response headers"). */
function headersOf(all: ReturnType<typeof pageHeaders>) {
  const { "content-security-policy": contentSecurityPolicy = "", ...others } = all;
  const { "x-frame-options": _, "referrer-policy": __, "x-content-type-options": ___, ...custom } = others;
  const override = true;
  const securityHeadersBehavior: ResponseSecurityHeadersBehavior = {
    contentSecurityPolicy: { contentSecurityPolicy, override },
    contentTypeOptions: { override },
    frameOptions: { frameOption: HeadersFrameOption.DENY, override },
    referrerPolicy: { referrerPolicy: HeadersReferrerPolicy.NO_REFERRER, override },
    strictTransportSecurity: { accessControlMaxAge: Duration.days(365), includeSubdomains: true, override },
  };
  const customHeaders = Object.entries(custom).map(([header, value]) => ({ header, value, override }));
  return { securityHeadersBehavior, customHeadersBehavior: { customHeaders } };
}

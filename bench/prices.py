"""AWS's list prices in us-east-1, on demand, without the free tier. Dollars.

As published on aws.amazon.com/{lambda,dynamodb,api-gateway,sqs}/pricing, written down on 2026-11-22; a change
there is a change here, by hand: figures of two runs must not differ because somebody else's page did.
"""

MILLION = 1e6
REST_REQUEST = 3.50 / MILLION
FUNCTION_URL_REQUEST = 0.0
"""Nothing beyond Lambda's own request and time (aws.amazon.com/lambda/pricing has no line for function URLs)."""
WEBSOCKET_MESSAGE = 1.00 / MILLION
"""A frame of up to 32 KB."""
WRITE_UNIT, READ_UNIT = 0.625 / MILLION, 0.125 / MILLION
"""DynamoDB, standard table class, on demand. What Lambda reads from the stream is free, for each of its readers."""
LAMBDA_REQUEST = 0.20 / MILLION
LAMBDA_GB_SECOND = 0.0000166667
"""x86, first tier."""
SQS_FIFO_REQUEST = 0.50 / MILLION
ALARM_MONTH, DASHBOARD_MONTH, SQS_REQUEST = 0.10, 3.00, 0.40 / MILLION
FREE_ALARMS, FREE_DASHBOARDS, FREE_SQS_REQUESTS = 10, 3, 1_000_000
"""Per account, for good; not the first year's offers."""

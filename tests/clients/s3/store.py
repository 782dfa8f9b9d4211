"""An object store with an empty bucket, until the process is ended; prints its address."""

import os
import threading

import boto3
from moto.server import ThreadedMotoServer

server = ThreadedMotoServer("127.0.0.1", port=0, verbose=False)
server.start()
host, port = server.get_host_and_port()
address = f"http://{host}:{port}"
region = os.environ["AWS_REGION"]
client = boto3.client("s3", endpoint_url=address, region_name=region)
client.create_bucket(Bucket="company", CreateBucketConfiguration={"LocationConstraint": region})
print(address, flush=True)
threading.Event().wait()

"""The life of parcels as Hypothesis plays it: rules call the services as pages and devices do."""

"""The study of July 2024 as data: brakes, levers, recommendations, forms of cooperation, cases, figures."""

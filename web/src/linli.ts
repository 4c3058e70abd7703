// Everything a page needs from the start; what few pages use (the map) comes when it is met.
document.documentElement.classList.add("js");

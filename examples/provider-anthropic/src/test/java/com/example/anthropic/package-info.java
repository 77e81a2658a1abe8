@NullMarked
package com.example.anthropic;

import org.jspecify.annotations.NullMarked;

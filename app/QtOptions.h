// QtOptions: the options that QApplication takes from the command line by itself, such as
// "-platform xcb" or "-style fusion", taken out of it before the rest is looked at.

#pragma once

#include "app/CommandLine.h"

#include <QByteArrayList>

namespace app {

struct QtOptions
{
    QByteArrayList others; // arguments that are not Qt's, in order
    QByteArray first; // the first one that is, as it was given; empty: none

    // What QGuiApplication and QApplication document for X11 and Wayland, with one dash or two.
    // Behind "--" there are none. One without its value is told.
    static base::Result<QtOptions, UsageError> takeFrom(const QByteArrayList &arguments);
};

} // namespace app

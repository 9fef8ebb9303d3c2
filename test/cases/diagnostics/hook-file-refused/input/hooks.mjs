export const liftMute = unmute
